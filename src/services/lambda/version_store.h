#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/bytes.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/lambda/function.h"
#include "sql/database.h"

// What was published of functions, and the names that lead there.
namespace everseal::lambda {

Result<std::optional<Function>> find_version(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view function_arn, std::int64_t number);
// In the order of their numbers, after that one; at most `limit`.
Result<std::vector<Function>> list_versions(sql::Snapshot& view, const keys::Vault& vault,
                                            std::string_view function_arn, std::int64_t after,
                                            std::int64_t limit);
// The one that was published last, if it is still there.
Result<std::optional<Function>> last_version(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view function_arn);
// Keeps the function as it is now, code included, under its next number, which it says.
Result<std::int64_t> add_version(sql::Transaction& tx, const Function& function,
                                 std::string_view description, std::string_view revision_id);
// With the code that no other version has, and its policy.
Outcome remove_version(sql::Transaction& tx, std::string_view function_arn, std::int64_t number);
Result<std::optional<Bytes>> code_of_version(sql::Snapshot& view, std::string_view function_arn,
                                             std::string_view sha256);

struct Alias {
  std::string function_arn;
  std::string name;
  std::string version;  // "$LATEST", "3"
  std::string description;
  std::string revision_id;
  // Where some of the invocations go, and how many of a million.
  std::optional<std::string> other_version{};
  std::optional<std::int64_t> other_millionths{};
};

Result<std::optional<Alias>> find_alias(sql::Snapshot& view, std::string_view function_arn,
                                        std::string_view name);
// In the order of their names, after that one; of one version only, if it is given.
Result<std::vector<Alias>> list_aliases(sql::Snapshot& view, std::string_view function_arn,
                                        const std::optional<std::string>& version,
                                        std::string_view after, std::int64_t limit);
// Conflict: the name is taken.
Outcome add_alias(sql::Transaction& tx, const Alias& alias);
// All but its name.
Outcome change_alias(sql::Transaction& tx, const Alias& alias);
// With its policy; it need not be there.
Outcome remove_alias(sql::Transaction& tx, std::string_view function_arn, std::string_view name);

// Who may invoke a version or an alias; for no qualifier, the function.
Result<std::optional<std::string>> policy_of(sql::Snapshot& view, std::string_view function_arn,
                                             std::string_view qualifier);
// Nothing: nobody any more. Of a version or an alias.
Outcome put_policy(sql::Transaction& tx, std::string_view function_arn, std::string_view qualifier,
                   const std::optional<std::string>& policy);

// That of the alias if it was asked for by one; else that of the version or the function.
Result<std::string> revision_of(sql::Snapshot& view, const Function& function);
// The same, of a version or an alias.
Outcome change_revision(sql::Transaction& tx, const Function& function, std::string_view revision);

// All that was published of a function that goes.
Outcome remove_published(sql::Transaction& tx, std::string_view function_arn);

// For the next choice; see find_qualified.
std::int64_t cast_dice(Random& random);

// The function at a qualifier: nothing or "$LATEST", a number, an alias. `dice`, below a million,
// chooses between the versions of an alias; at a million it is always the first.
inline constexpr std::int64_t the_first = 1'000'000;
Result<std::optional<Function>> find_qualified(sql::Snapshot& view, const keys::Vault& vault,
                                               std::string_view function_arn,
                                               std::string_view qualifier,
                                               std::int64_t dice = the_first);

}  // namespace everseal::lambda
