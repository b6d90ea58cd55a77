#include "services/acmpca/watchdog/watched_crl.h"

#include <algorithm>
#include <set>

#include "clock/time_text.h"
#include "x509/crl.h"

namespace everseal::acmpca {
namespace {

using Serials = std::set<std::string_view>;

// Those that should be listed by now: what was revoked a moment ago may still be on its way.
Serials awaited(const x509::CrlEntries& recent, TimePoint until) {
  Serials serials;
  for (const auto& entry : recent) {
    if (entry.revoked_at <= until) serials.insert(as_text(entry.serial));
  }
  return serials;
}

void erase_listed(Serials& missing, const x509::Crl& crl) {
  for (const auto& entry : crl.entries()) missing.erase(as_text(entry.serial));
}

std::optional<Finding> find_missing(const WatchedCrl& watched, const x509::Crl& crl,
                                    const std::optional<x509::Crl>& delta, TimePoint until) {
  const auto recent = x509::CrlEntries::parse(watched.recent);
  if (!recent) return Finding{Alarm::CrlIncomplete, "stored entries: " + recent.error().cause};
  auto missing = awaited(*recent, until);
  erase_listed(missing, crl);
  if (delta) erase_listed(missing, *delta);
  if (missing.empty()) return std::nullopt;
  const auto serial = x509::SerialNumber::from_octets(as_bytes(*missing.begin()));
  return Finding{Alarm::CrlIncomplete, std::to_string(missing.size()) +
                                           " revocations are missing, one of them is " +
                                           (serial ? serial->hex() : "unreadable")};
}

bool share_one(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::ranges::find_first_of(left, right) != left.end();
}

// RFC 5280, 6.3.3 (b)(2)(i): a CRL that names its place speaks only of certificates that name the
// same.
std::optional<Finding> find_other_place(const WatchedCrl& watched, const x509::Crl& crl) {
  const auto& point = crl.tbs().distribution_point;
  if (!point) {
    if (watched.published.partition.empty()) return std::nullopt;
    return Finding{Alarm::CrlMisplaced, "a partition does not name its distribution point"};
  }
  const auto uris = point->uris();
  if (watched.named.empty() || share_one(uris, watched.named)) return std::nullopt;
  return Finding{Alarm::CrlMisplaced, "certificates name " + watched.named.front() +
                                          ", the list says " +
                                          (uris.empty() ? "nothing" : uris.front())};
}

std::optional<Finding> find_age(const x509::Crl& crl, TimePoint now) {
  if (!crl.next_update()) return Finding{Alarm::CrlInvalid, "it does not say when it ends"};
  if (!is_stale(crl.this_update(), *crl.next_update(), now)) return std::nullopt;
  return Finding{Alarm::CrlStale, "it ends at " + to_iso8601(*crl.next_update())};
}

std::optional<Finding> find_forgery(const WatchedCrl& watched, const x509::Crl& crl,
                                    std::int64_t published) {
  if (!crl.issuer().matches(watched.issuer.subject()))
    return Finding{Alarm::CrlInvalid, "it is of another issuer"};
  if (const auto verified = x509::verify_crl(crl, watched.issuer.public_key_info()); !verified)
    return Finding{Alarm::CrlInvalid, verified.error().cause};
  const auto number = crl.number() ? crl.number()->small() : std::nullopt;
  const auto wanted = static_cast<std::uint64_t>(published);
  if (number == wanted) return std::nullopt;
  return Finding{Alarm::CrlInvalid, "its number is " +
                                        (number ? std::to_string(*number) : "missing") +
                                        ", published was " + std::to_string(wanted)};
}

}  // namespace

bool is_stale(TimePoint begin, TimePoint end, TimePoint now) {
  return end - now < (end - begin) / 4;
}

JudgedCrl judge_crl(const WatchedCrl& watched, ByteView octets, TimePoint now,
                    const Settings& settings) {
  const auto crl = x509::Crl::parse(octets);
  if (!crl) return {{{Alarm::CrlInvalid, crl.error().cause}}, std::nullopt};
  JudgedCrl judged{{}, crl->next_update()};
  const auto add = [&](std::optional<Finding> found) {
    if (found) judged.findings.push_back(*std::move(found));
  };
  add(find_forgery(watched, *crl, watched.published.complete_number));
  std::optional<x509::Crl> delta;
  if (!watched.delta.empty()) {
    auto parsed = x509::Crl::parse(as_bytes(watched.delta));
    if (!parsed) return {{{Alarm::CrlInvalid, "the delta CRL: " + parsed.error().cause}}, {}};
    delta = *std::move(parsed);
    add(find_forgery(watched, *delta, watched.published.number));
  }
  if (!judged.findings.empty()) return judged;
  add(find_age(*crl, now));
  add(find_missing(watched, *crl, delta, now - settings.watchdog_grace));
  add(find_other_place(watched, *crl));
  if (octets.size() > settings.watched_crl_octets)
    add(Finding{Alarm::CrlLarge, "it has " + std::to_string(octets.size()) + " octets"});
  return judged;
}

}  // namespace everseal::acmpca
