#include <libpq-fe.h>

// The field codes of libpq are character constants, which Swift does not import.
static inline const char *tandem_sqlstate(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_SQLSTATE); }
static inline const char *tandem_message(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY); }
static inline const char *tandem_constraint(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME); }
static inline const char *tandem_column(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_COLUMN_NAME); }
