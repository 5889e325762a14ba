#include <sqlite3.h>

/// SQLite keeps one sum of all memory behind a lock, and takes room for twenty pages for each small table of its own that a statement
/// needs for a moment. Without both, a statement costs less. Has an effect before the first connection of the process only.
static inline void tandem_sqlite_spare_memory(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
}
