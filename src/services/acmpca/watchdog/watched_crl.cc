#include "services/acmpca/watchdog/watched_crl.h"

#include <algorithm>
#include <set>
#include <span>

#include "clock/time_text.h"
#include "x509/crl.h"
#include "x509/revocation.h"

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

std::optional<Finding> find_missing(const WatchedCrl& watched, std::span<const x509::Crl> crls,
                                    TimePoint until) {
  const auto recent = x509::CrlEntries::parse(watched.recent);
  if (!recent) return Finding{Alarm::CrlIncomplete, "stored entries: " + recent.error().cause};
  auto missing = awaited(*recent, until);
  for (const auto& crl : crls) erase_listed(missing, crl);
  if (missing.empty()) return std::nullopt;
  const auto serial = x509::SerialNumber::from_octets(as_bytes(*missing.begin()));
  return Finding{Alarm::CrlIncomplete, std::to_string(missing.size()) +
                                           " revocations are missing, one of them is " +
                                           (serial ? serial->hex() : "unreadable")};
}

// What a verifier who has these lists makes of the certificate revoked last.
std::optional<Finding> find_other_word(const WatchedCrl& watched, std::span<const x509::Crl> crls,
                                       TimePoint until) {
  if (!watched.revoked) return std::nullopt;
  const auto& serial = watched.revoked->serial();
  const auto word = x509::revocation_of(*watched.revoked, {&watched.issuer, 1}, {.crls = crls});
  if (const auto* unknown = std::get_if<x509::Undetermined>(&word))
    return Finding{Alarm::CrlMisplaced, "of " + serial.hex() + ", " + unknown->cause};
  const auto recent = x509::CrlEntries::parse(watched.recent);
  if (std::holds_alternative<x509::Revoked>(word) || !recent ||
      !awaited(*recent, until).contains(as_text(serial.octets())))
    return std::nullopt;
  return Finding{Alarm::CrlIncomplete,
                 serial.hex() + " is revoked, verifiers will take it as good"};
}

std::optional<Finding> find_no_place(const WatchedCrl& watched, const x509::Crl& crl) {
  if (watched.published.partition.empty() || crl.tbs().distribution_point) return std::nullopt;
  return Finding{Alarm::CrlMisplaced, "a partition does not name its distribution point"};
}

std::optional<Finding> find_age(const x509::Crl& crl, TimePoint now) {
  if (!crl.next_update()) return Finding{Alarm::CrlInvalid, "it does not say when it ends"};
  if (now < stale_from(crl.this_update(), *crl.next_update())) return std::nullopt;
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

TimePoint stale_from(TimePoint begin, TimePoint end) {
  return end - (end - begin) / 4 + std::chrono::milliseconds{1};
}

JudgedCrl judge_crl(const WatchedCrl& watched, ByteView octets, TimePoint now,
                    const Settings& settings) {
  auto complete = x509::Crl::parse(octets);
  if (!complete) return {{{Alarm::CrlInvalid, complete.error().cause}}, std::nullopt};
  JudgedCrl judged{{}, complete->next_update()};
  if (complete->next_update())
    judged.stale_from = stale_from(complete->this_update(), *complete->next_update());
  const auto add = [&](std::optional<Finding> found) {
    if (found) judged.findings.push_back(*std::move(found));
  };
  std::vector<x509::Crl> crls;
  crls.push_back(*std::move(complete));
  add(find_forgery(watched, crls.front(), watched.published.complete_number));
  if (!watched.delta.empty()) {
    auto delta = x509::Crl::parse(as_bytes(watched.delta));
    if (!delta) return {{{Alarm::CrlInvalid, "the delta CRL: " + delta.error().cause}}, {}};
    crls.push_back(*std::move(delta));
    add(find_forgery(watched, crls.back(), watched.published.number));
  }
  if (!judged.findings.empty()) return judged;
  const auto until = now - settings.watchdog_grace;
  add(find_age(crls.front(), now));
  add(find_missing(watched, crls, until));
  add(find_no_place(watched, crls.front()));
  add(find_other_word(watched, crls, until));
  if (octets.size() > settings.watched_crl_octets)
    add(Finding{Alarm::CrlLarge, "it has " + std::to_string(octets.size()) + " octets"});
  return judged;
}

}  // namespace everseal::acmpca
