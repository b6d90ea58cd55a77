#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "gateway/gateway.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/reader.h"
#include "sql/database.h"

// What trust stores revoke, and what changes of it.
namespace everseal::elbv2::data_plane {

// By issuer; the serial numbers ascending, none twice. 21 octets each.
using RevokedByIssuer = std::map<trust_stores::IssuerHash, gateway::Revoked>;

// No such store: nothing is revoked.
Result<RevokedByIssuer> read_revoked(sql::Snapshot& view, const trust_stores::Reader& reader,
                                     std::string_view trust_store_arn);

std::vector<gateway::Revoked> all_of(const RevokedByIssuer& revoked);
// What is in the first, but not in the second.
std::vector<gateway::Revoked> without(const RevokedByIssuer& first, const RevokedByIssuer& second);

}  // namespace everseal::elbv2::data_plane
