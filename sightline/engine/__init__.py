"""Many reports on many processes: executors behind ``concurrent.futures.Executor``, and crawls over shards."""
