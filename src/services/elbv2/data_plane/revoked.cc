#include "services/elbv2/data_plane/revoked.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>

namespace everseal::elbv2::data_plane {
namespace {

using trust_stores::RevokedEntry;

// Those of whom a certificate can be revoked, with nothing revoked yet.
Result<RevokedByIssuer> issuers_of(const trust_stores::TrustStoreFacts& facts) {
  RevokedByIssuer issuers;
  for (const auto& list : facts.revocations) {
    auto name = x509::Name::parse(list.issuer);
    if (!name) return Fault::broken("an issuer of a CRL: " + name.error().cause);
    issuers.emplace(list.issuer_hash, gateway::Revoked{*std::move(name), {}, false});
  }
  return issuers;
}

Outcome take(const RevokedEntry& entry, RevokedByIssuer& into) {
  const auto issuer = into.find(entry.issuer);
  if (issuer == into.end()) return Fault::broken("a revoked entry of no CRL's issuer");
  const auto serial = x509::SerialNumber::from_octets(entry.serial);
  if (!serial) return Fault::broken("a revoked serial number: " + serial.error().cause);
  issuer->second.serials.push_back(*serial);
  return {};
}

using Visit = std::function<bool(const RevokedEntry&)>;

// What `read` visits.
Result<std::optional<RevokedInStore>> revoked_in(const trust_stores::TrustStoreFacts& facts,
                                                 const std::function<Outcome(const Visit&)>& read) {
  auto by_issuer = issuers_of(facts);
  if (!by_issuer) return by_issuer.error();
  Outcome taken;
  const auto done = read([&](const RevokedEntry& entry) {
    taken = take(entry, *by_issuer);
    return static_cast<bool>(taken);
  });
  if (!done) return done.error();
  if (!taken) return taken.error();
  return std::optional(
      RevokedInStore{facts.version, facts.revoked_by_ca, *std::move(by_issuer), {}});
}

// When each issuer's last CRL is outdated. Nothing: never.
std::map<trust_stores::IssuerHash, std::optional<TimePoint>> ends_of(
    const trust_stores::TrustStoreFacts& facts) {
  std::map<trust_stores::IssuerHash, std::optional<TimePoint>> ends;
  for (const auto& list : facts.revocations) {
    const auto [end, is_first] = ends.emplace(list.issuer_hash, list.next_update);
    if (is_first) continue;
    end->second = end->second && list.next_update
                      ? std::optional(std::max(*end->second, *list.next_update))
                      : std::nullopt;
  }
  return ends;
}

void note_outdated(const trust_stores::TrustStoreFacts& facts, TimePoint now,
                   RevokedInStore& revoked) {
  for (const auto& [issuer, end] : ends_of(facts)) {
    if (!end) continue;
    if (*end <= now) {
      revoked.by_issuer.at(issuer).outdated = true;
    } else {
      revoked.valid_until = std::min(revoked.valid_until.value_or(*end), *end);
    }
  }
}

}  // namespace

Result<std::optional<RevokedInStore>> read_revoked(sql::Snapshot& view,
                                                   const trust_stores::Reader& reader,
                                                   std::string_view trust_store_arn,
                                                   OutdatedLists outdated, TimePoint now) {
  const auto facts = reader.facts(view, trust_store_arn);
  if (!facts) return facts.error();
  if (!*facts) return std::optional<RevokedInStore>();
  auto revoked = revoked_in(**facts, [&](const Visit& visit) {
    return reader.revoked_entries(view, trust_store_arn, visit);
  });
  if (revoked && *revoked && outdated == OutdatedLists::RefuseAll)
    note_outdated(**facts, now, **revoked);
  return revoked;
}

Result<std::optional<RevokedInStore>> read_newly_revoked(sql::Snapshot& view,
                                                         const trust_stores::Reader& reader,
                                                         std::string_view trust_store_arn,
                                                         const RevokedInStore& since) {
  const auto facts = reader.facts(view, trust_store_arn);
  if (!facts) return facts.error();
  if (!*facts || (*facts)->version != since.version) return std::optional<RevokedInStore>();
  return revoked_in(**facts, [&](const Visit& visit) {
    return reader.newly_revoked_by_ca(view, trust_store_arn, since.revoked_by_ca, visit);
  });
}

std::vector<gateway::Revoked> all_of(const RevokedByIssuer& revoked) {
  std::vector<gateway::Revoked> all;
  for (const auto& [hash, each] : revoked) all.push_back(each);
  return all;
}

void unite(RevokedByIssuer& all, const RevokedByIssuer& more) {
  for (const auto& [hash, each] : more) {
    auto& serials =
        all.try_emplace(hash, gateway::Revoked{each.issuer, {}, false}).first->second.serials;
    std::vector<x509::SerialNumber> united;
    united.reserve(serials.size() + each.serials.size());
    std::ranges::set_union(serials, each.serials, std::back_inserter(united));
    serials = std::move(united);
  }
}

std::vector<gateway::Revoked> without(const RevokedByIssuer& first, const RevokedByIssuer& second) {
  std::vector<gateway::Revoked> rest;
  for (const auto& [hash, each] : first) {
    const auto other = second.find(hash);
    gateway::Revoked left{each.issuer, {}, each.outdated};
    if (other == second.end()) {
      left.serials = each.serials;
    } else {
      left.outdated = each.outdated && !other->second.outdated;
      std::ranges::set_difference(each.serials, other->second.serials,
                                  std::back_inserter(left.serials));
    }
    if (!left.serials.empty() || left.outdated) rest.push_back(std::move(left));
  }
  return rest;
}

}  // namespace everseal::elbv2::data_plane
