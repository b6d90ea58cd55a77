#include "services/elbv2/data_plane/provisions.h"

#include <utility>

namespace everseal::elbv2::data_plane {
namespace {

// By the gateway, where what is Unavailable counts later.
bool is_kept(const Outcome& told) { return told || told.error().kind == Fault::Kind::Unavailable; }

}  // namespace

bool Provisions::noted(const Outcome& outcome, std::string_view event,
                       const std::string& about) const {
  if (!outcome) around_.log.error(event, {{"about", about}, {"cause", outcome.error().cause}});
  return static_cast<bool>(outcome);
}

bool Provisions::bring_missing(const Desired& desired) {
  bool done = true;
  for (const auto& arn : desired.certificates) {
    if (!certificates_[arn]) done &= bring_certificate(arn);
  }
  for (const auto& [arn, number] : desired.trust_stores) {
    if (!is_valid(revoked_[arn])) done &= bring_revocations(arn);
  }
  return done;
}

bool Provisions::is_valid(const std::optional<RevokedInStore>& told) const {
  return told && (!told->valid_until || around_.clock.now() < *told->valid_until);
}

bool Provisions::replace_certificate(const std::string& arn) {
  return !certificates_.contains(arn) || bring_certificate(arn);
}

bool Provisions::bring_certificate(const std::string& arn) {
  constexpr std::string_view event = "gateway.certificate_not_given";
  bool& is_current = certificates_[arn];
  is_current = false;
  const auto identity = around_.database.read(
      [&](sql::Snapshot& view) { return around_.identities.find(view, arn); });
  if (!identity) return noted(identity.error(), event, arn);
  if (!*identity) return noted(Fault::conflict("it is gone"), event, arn);
  const auto given = gateway_.set_certificate(arn, **identity);
  is_current = is_kept(given);
  return noted(given, event, arn);
}

bool Provisions::bring_revocations(const std::string& trust_store) {
  return noted(tell_revocations(trust_store), "gateway.revocations_not_given", trust_store);
}

// One that is gone is forgotten when nobody listens with it any more.
Outcome Provisions::tell_revocations(const std::string& trust_store) {
  auto& told = revoked_[trust_store];
  if (is_valid(told)) {
    if (auto newly = tell_newly_revoked(trust_store, *told)) return *std::move(newly);
  }
  auto now = around_.database.read([&](sql::Snapshot& view) {
    return read_revoked(view, around_.trust_stores, trust_store, outdated_, around_.clock.now());
  });
  auto before = std::exchange(told, std::nullopt);
  if (!now) return now.error();
  if (!*now) return {};
  const auto outcome = before ? tell_difference(trust_store, *before, **now)
                              : gateway_.set_revoked(trust_store, all_of((*now)->by_issuer));
  if (is_kept(outcome)) told = **std::move(now);
  return outcome;
}

Outcome Provisions::tell_difference(const std::string& trust_store, const RevokedInStore& before,
                                    const RevokedInStore& now) {
  const auto added = without(now.by_issuer, before.by_issuer);
  const auto removed = without(before.by_issuer, now.by_issuer);
  const auto revoked = added.empty() ? Outcome() : gateway_.revoke(trust_store, added);
  if (!is_kept(revoked)) return revoked;
  const auto unrevoked = removed.empty() ? Outcome() : gateway_.unrevoke(trust_store, removed);
  return unrevoked ? revoked : unrevoked;
}

// In the time that these take, however many are revoked before. Nothing: everything is to be
// looked at.
std::optional<Outcome> Provisions::tell_newly_revoked(const std::string& trust_store,
                                                      RevokedInStore& told) {
  const auto more = around_.database.read([&](sql::Snapshot& view) {
    return read_newly_revoked(view, around_.trust_stores, trust_store, told);
  });
  if (!more || !*more) return std::nullopt;
  if ((*more)->revoked_by_ca == told.revoked_by_ca) return Outcome();
  const auto outcome = gateway_.revoke(trust_store, all_of((*more)->by_issuer));
  if (!is_kept(outcome)) return std::nullopt;
  told.revoked_by_ca = (*more)->revoked_by_ca;
  unite(told.by_issuer, (*more)->by_issuer);
  return outcome;
}

void Provisions::forget_unused(const Desired& desired, const InForce& in_force) {
  std::erase_if(certificates_, [&](const auto& each) {
    return !desired.certificates.contains(each.first) && gateway_.remove_certificate(each.first);
  });
  std::erase_if(revoked_, [&](const auto& each) {
    return !desired.trust_stores.contains(each.first) && !in_force.verifies_by(each.first) &&
           gateway_.set_revoked(each.first, {});
  });
}

}  // namespace everseal::elbv2::data_plane
