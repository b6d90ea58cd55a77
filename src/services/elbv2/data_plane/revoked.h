#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "gateway/gateway.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/reader.h"
#include "sql/database.h"

// What trust stores revoke, and what changes of it.
namespace everseal::elbv2::data_plane {

// By issuer; the serial numbers ascending, none twice. 21 octets each.
using RevokedByIssuer = std::map<trust_stores::IssuerHash, gateway::Revoked>;

// As of some moment: see TrustStoreFacts.
struct RevokedInStore {
  std::int64_t version = 0;
  std::int64_t revoked_by_ca = 0;
  RevokedByIssuer by_issuer;
  std::optional<TimePoint> valid_until;  // more issuers are outdated then
};

// What an outdated CRL does besides being enforced: see gateway::Revoked.
enum class OutdatedLists { CountOn, RefuseAll };

// An issuer is outdated when all of its CRLs are: the private CA that a store follows never is.
// Nothing: there is no such store.
Result<std::optional<RevokedInStore>> read_revoked(sql::Snapshot& view,
                                                   const trust_stores::Reader& reader,
                                                   std::string_view trust_store_arn,
                                                   OutdatedLists outdated, TimePoint now);
// What is revoked since then, which takes a look at that alone. Nothing: more has changed than that
// the private CA, which the store follows, revoked certificates.
Result<std::optional<RevokedInStore>> read_newly_revoked(sql::Snapshot& view,
                                                         const trust_stores::Reader& reader,
                                                         std::string_view trust_store_arn,
                                                         const RevokedInStore& since);

std::vector<gateway::Revoked> all_of(const RevokedByIssuer& revoked);
// What is in the second is in the first then.
void unite(RevokedByIssuer& all, const RevokedByIssuer& more);
// What is in the first, but not in the second.
std::vector<gateway::Revoked> without(const RevokedByIssuer& first, const RevokedByIssuer& second);

}  // namespace everseal::elbv2::data_plane
