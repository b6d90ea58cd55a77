#pragma once

#include "result/result.h"
#include "sql/database.h"

namespace everseal::sql::sqlite {

// Reads every page and every row: whether they hang together, the indexes have what the tables
// have, and no row speaks of one that is not there. Broken: what was found first. Takes as long as
// reading the file.
Outcome check_integrity(Snapshot& view);

}  // namespace everseal::sql::sqlite
