#pragma once

#include <string_view>

#include "sql/database.h"

namespace everseal::acmpca::testing {

// Makes the database what it was before that migration of this service, and all later ones: what
// an older release left. From 0008_merged_crls on.
void undo_migrations_from(sql::Database& database, std::string_view first);

// As the program does when it starts.
void migrate(sql::Database& database);

}  // namespace everseal::acmpca::testing
