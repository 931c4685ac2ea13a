"""From a Doc to mentions and claims: a package a kind of mention, put together by ``reading``."""
