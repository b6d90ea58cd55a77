#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/access.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

// What clients are authenticated against, as it is kept.
namespace everseal::elbv2::trust_stores {

struct TrustStore {
  std::int64_t number = 0;  // names it on change_topic
  std::string account;
  std::string region;
  std::string name;
  std::string arn;
  std::int64_t ca_certificates = 0;
  std::int64_t revocation_lists = 0;
  std::int64_t revoked_entries = 0;  // the sum over the lists
  std::int64_t last_revocation_id = 0;
  std::optional<std::string> ca_arn{};  // the private CA that it follows
  std::int64_t version = 1;             // one more with each change of bundle or revocations
};

// "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/devices/0123456789abcdef"
std::string trust_store_arn(std::string_view account, std::string_view region,
                            std::string_view name, std::string_view id);
bool is_trust_store_arn(std::string_view text);

// Announced with the store's number after each change of bundle or revocations was committed, and
// after the store is gone.
inline constexpr std::string_view change_topic = "elbv2.trust_store";

Result<std::optional<TrustStore>> find_trust_store(sql::Snapshot& view, std::string_view arn);
Result<std::optional<TrustStore>> find_numbered(sql::Snapshot& view, std::int64_t number);
Result<std::optional<TrustStore>> find_named(sql::Snapshot& view, std::string_view account,
                                             std::string_view region, std::string_view name);
// By name, behind `after`.
Result<std::vector<TrustStore>> list_trust_stores(sql::Snapshot& view, std::string_view account,
                                                  std::string_view region, std::string_view after,
                                                  std::int64_t limit);
Result<std::int64_t> count_trust_stores(sql::Snapshot& view, std::string_view account,
                                        std::string_view region);

// PEM, as it was read. Nothing: there is no such store.
Result<std::optional<Bytes>> bundle_of(sql::Snapshot& view, std::int64_t number);

// Without its number. Conflict: the name is taken.
Outcome add_trust_store(sql::Transaction& tx, const TrustStore& store, ByteView bundle,
                        TimePoint now);
Outcome replace_bundle(sql::Transaction& tx, const TrustStore& store, ByteView bundle,
                       std::int64_t ca_certificates, TimePoint now);
// Its revocations changed, and so what the store says of them.
Outcome count_revocations(sql::Transaction& tx, const TrustStore& store, TimePoint now);
// With all that is its own.
Outcome remove_trust_store(sql::Transaction& tx, const TrustStore& store);

// By key.
Result<aws::Tags> tags_of(sql::Snapshot& view, std::int64_t number);
// A new value takes the place of the old.
Outcome put_tags(sql::Transaction& tx, std::int64_t number, const aws::Tags& tags);
Outcome remove_tag(sql::Transaction& tx, std::int64_t number, std::string_view key);

}  // namespace everseal::elbv2::trust_stores
