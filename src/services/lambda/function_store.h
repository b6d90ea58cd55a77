#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/lambda/function.h"
#include "sql/database.h"

namespace everseal::lambda {

// Of the columns that find_function reads, in their order.
Result<Function> function_in(const sql::Row& row, const keys::Vault& vault);

Result<std::optional<Function>> find_function(sql::Snapshot& view, const keys::Vault& vault,
                                              std::string_view arn);
// In the order of their names, after that one; at most `limit`.
Result<std::vector<Function>> list_functions(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view account, std::string_view region,
                                             std::string_view after, std::int64_t limit);

// Conflict: the name is taken.
Outcome add_function(sql::Transaction& tx, const keys::Vault& vault, const Function& function,
                     ByteView zip);
// All but its ARN.
Outcome change_function(sql::Transaction& tx, const keys::Vault& vault, const Function& function);
Outcome change_code(sql::Transaction& tx, std::string_view arn, ByteView zip);
// With all that was published of it, its code, its tags, and the events that wait: says how many.
Result<std::int64_t> remove_function(sql::Transaction& tx, std::string_view arn);

Result<std::optional<Bytes>> code_of(sql::Snapshot& view, std::string_view arn);

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view arn);
Outcome put_tag(sql::Transaction& tx, std::string_view arn, std::string_view name,
                std::string_view value);
Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view name);

}  // namespace everseal::lambda
