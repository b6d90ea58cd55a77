#include "services/acmpca/watchdog/watched_ocsp.h"

#include "clock/time_text.h"
#include "services/acmpca/watchdog/watched_crl.h"
#include "x509/ocsp_response.h"

namespace everseal::acmpca {
namespace {

std::optional<Finding> find_other_status(const WatchedAnswer& watched,
                                         const x509::OcspSingle& single) {
  const bool is_revoked = std::holds_alternative<x509::OcspRevoked>(single.status);
  const bool is_good = std::holds_alternative<x509::OcspGood>(single.status);
  if (watched.revoked_at ? is_revoked || *watched.revoked_at > watched.until : is_good)
    return std::nullopt;
  return Finding{Alarm::OcspInvalid, watched.id.serial.hex() +
                                         (watched.revoked_at ? " is revoked, the answer is another"
                                                             : " is good, the answer is another")};
}

std::optional<TimePoint> answer_stale_from(const x509::OcspSingle& single) {
  if (!single.next_update) return std::nullopt;
  return stale_from(single.this_update, *single.next_update);
}

std::optional<Finding> find_age(const x509::OcspSingle& single, TimePoint now) {
  const auto stale = answer_stale_from(single);
  if (!stale || now < *stale) return std::nullopt;
  return Finding{Alarm::OcspStale, "the answer ends at " + to_iso8601(*single.next_update)};
}

std::optional<Finding> find_end(const x509::Validity& responder, TimePoint now) {
  if (now < stale_from(responder.not_before, responder.not_after)) return std::nullopt;
  return Finding{Alarm::OcspResponderEnds,
                 "the responder's certificate ends at " + to_iso8601(responder.not_after)};
}

// What is stale already cannot become so.
void keep_earlier(std::optional<TimePoint>& first, std::optional<TimePoint> time, TimePoint now) {
  if (time && *time > now && (!first || *time < *first)) first = time;
}

}  // namespace

JudgedAnswer judge_answer(const WatchedAnswer& watched, ByteView octets, TimePoint now) {
  const auto invalid = [](std::string detail) {
    return JudgedAnswer{{{Alarm::OcspInvalid, std::move(detail)}}, std::nullopt};
  };
  const auto response = x509::OcspResponse::parse(octets);
  if (!response) return invalid(response.error().cause);
  if (response->error()) return invalid("the responder refuses to answer");
  JudgedAnswer judged;
  const auto add = [&](std::optional<Finding> found) {
    if (found) judged.findings.push_back(*std::move(found));
  };
  if (!response->certificates().empty()) {
    const auto& validity = response->certificates().front().validity();
    judged.responder_ends = validity.not_after;
    keep_earlier(judged.stale_from, stale_from(validity.not_before, validity.not_after), now);
    add(find_end(validity, now));
  }
  if (const auto verified = x509::verify_ocsp_response(*response, watched.issuer, now); !verified) {
    add(Finding{Alarm::OcspInvalid, verified.error().cause});
    return judged;
  }
  const auto* single = response->data().find(watched.id);
  if (single == nullptr) return invalid("the answer is about another certificate");
  add(find_other_status(watched, *single));
  add(find_age(*single, now));
  keep_earlier(judged.stale_from, answer_stale_from(*single), now);
  return judged;
}

}  // namespace everseal::acmpca
