import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.List;

/** Runs HeidelTime over a folder of NAME.txt (its first line the date, the rest the text) in one process; writes NAME.tml beside each. */
public class Reader {
    public static void main(String[] arguments) throws Exception {
        HeidelTimeStandalone reader = new HeidelTimeStandalone(
            Language.ENGLISH, DocumentType.valueOf(arguments[2]), OutputType.TIMEML, arguments[1], POSTagger.TREETAGGER, false);
        List<Path> files = new ArrayList<>();
        try (var found = Files.list(Path.of(arguments[0]))) {
            found.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(files::add);
        }
        long nanoseconds = 0;
        for (Path file : files) {
            String whole = Files.readString(file);
            int line = whole.indexOf('\n');
            long begin = System.nanoTime();
            String answer = reader.process(whole.substring(line + 1), new SimpleDateFormat("yyyy-MM-dd").parse(whole.substring(0, line)));
            nanoseconds += System.nanoTime() - begin;
            Files.writeString(Path.of(file.toString().replaceFirst("\\.txt$", ".tml")), answer);
        }
        System.out.println("SECONDS " + nanoseconds / 1e9);
    }
}
