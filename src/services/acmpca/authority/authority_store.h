#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

// The rows of acmpca_certificate_authority. Every change is made to the version that was read:
// Conflict, if somebody else was faster.
namespace everseal::acmpca {

// What a transaction announces when it changed a CA: the CA's id.
inline constexpr std::string_view changed_topic = "acmpca.authority";

// The id that the database gave it; that of `authority` does not count.
Result<std::int64_t> insert(sql::Transaction& tx, const Authority& authority);

// Nothing if there is none or it is gone for good.
Result<std::optional<Authority>> find_authority(sql::Snapshot& view, std::string_view arn,
                                                TimePoint now);

// The same of one that is deleted, even if its window has ended; nothing if it is not.
Result<std::optional<Authority>> find_deleted(sql::Snapshot& view, std::string_view arn);

// The ARN of the CA of that id, whatever became of it. Broken: there never was one.
Result<std::string> arn_of(sql::Snapshot& view, std::int64_t id);

struct Owner {
  std::string_view account;
  std::string_view region;
};

// In the order of creation, those whose id is above `after_id`; the deleted ones too.
Result<std::vector<Authority>> list_authorities(sql::Snapshot& view, const Owner& owner,
                                                std::int64_t after_id, std::size_t most,
                                                TimePoint now);
Result<std::size_t> count_authorities(sql::Snapshot& view, const Owner& owner, TimePoint now);

// Writes what may change: revocation, status, certificate, deletion. The version moves on.
Outcome update(sql::Transaction& tx, const Authority& changed);

// Gone for good: key, tags and permissions are erased. What it issued stays.
Outcome purge(sql::Transaction& tx, const Authority& authority, TimePoint now);

}  // namespace everseal::acmpca
