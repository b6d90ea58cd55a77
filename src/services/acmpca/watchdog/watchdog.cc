#include "services/acmpca/watchdog/watchdog.h"

#include <algorithm>
#include <array>

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/certificates/revocation_store.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/ocsp/responder_store.h"
#include "services/acmpca/watchdog/watchdog_store.h"
#include "services/acmpca/watchdog/watched_crl.h"
#include "services/acmpca/watchdog/watched_ocsp.h"
#include "x509/crl.h"
#include "x509/ocsp_builder.h"

namespace everseal::acmpca {
namespace {

// A CRL that is replaced each time it is fetched is looked at the next time.
constexpr int attempts = 3;

bool answers_ocsp(const Authority& authority) {
  const auto& ocsp = authority.revocation.ocsp_configuration;
  return ocsp && ocsp->enabled;
}

http::Request get(const std::string& bucket, const std::string& key) {
  http::Request request;
  request.head.method = "GET";
  request.head.target = '/' + bucket + '/' + key;
  return request;
}

http::Request post(std::string question) {
  http::Request request;
  request.head.method = "POST";
  request.head.target = "/";
  request.head.headers.add("Content-Type", "application/ocsp-request");
  request.body = std::move(question);
  return request;
}

void keep_earlier(std::optional<TimePoint>& first, std::optional<TimePoint> time) {
  if (time && (!first || *time < *first)) first = time;
}

Result<std::string> read_all(http::Response response) {
  auto octets = std::move(response.body);
  if (!response.source) return octets;
  std::vector<std::uint8_t> space(65'536);
  while (true) {
    const auto count = response.source->read(space);
    if (!count) return count.error();
    if (*count == 0) return octets;
    octets.append(as_text(ByteView(space).first(*count)));
  }
}

}  // namespace

// A CA with its certificate.
struct Watchdog::Named {
  const Authority& authority;
  x509::Certificate certificate;
};

// What one look has found.
struct Watchdog::Look {
  TimePoint now;
  State state;
  std::map<Key, std::string> found;
  TimePoint next;  // look

  void look_again(std::optional<TimePoint> time) {
    if (time && *time > now) next = std::min(next, *time);
  }

  void add(const Authority& authority, const std::string& object, const Finding& finding) {
    found.emplace(Key{finding.alarm, authority.arn.text(), object}, finding.detail);
  }
};

Result<jobs::Verdict> Watchdog::look() {
  const auto now = clock_.now();
  Look look{.now = now,
            .state = {.looked_at = now},
            .found = {},
            .next = now + settings_.watchdog_interval};
  const auto arns = database_.read([](sql::Snapshot& view) { return authorities_to_watch(view); });
  if (!arns) return arns.error();
  for (const auto& arn : *arns) {
    const auto authority =
        database_.read([&](sql::Snapshot& view) { return find_authority(view, arn, now); });
    if (!authority) return authority.error();
    if (*authority && (*authority)->installed && may_revoke((*authority)->status(now)))
      look_at(**authority, look);
  }
  settle(look);
  return jobs::Verdict::again(look.next);
}

void Watchdog::look_at(const Authority& authority, Look& look) {
  auto certificate = x509::Certificate::parse(authority.installed->der);
  if (!certificate) return;  // it could not have published anything
  const Named ca{authority, *std::move(certificate)};
  if (publishes_crls(authority, look.now)) {
    const auto crls =
        database_.read([&](sql::Snapshot& view) { return crls_of(view, authority.id); });
    if (!crls) return look.add(authority, {}, {Alarm::CrlUnreachable, crls.error().cause});
    for (const auto& crl : *crls) {
      if (crl.number > 0 && !is_abandoned(authority, crl, look.now)) look_at_crl(ca, crl, look);
    }
  }
  if (answers_ocsp(authority)) look_at_ocsp(ca, look);
}

// What is published between the look into the database and that at the list is no alarm.
void Watchdog::look_at_crl(const Named& ca, const Crl& crl, Look& look) {
  auto published = crl;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const auto octets = fetch_(get(published.bucket, published.key));
    const auto after =
        database_.read([&](sql::Snapshot& view) { return find_crl(view, published.id); });
    if (!after || !*after) return;
    if ((*after)->number != published.number) {
      published = **after;
      continue;
    }
    const auto judged = octets ? judge(ca, published, *octets, look) : Outcome(octets.error());
    if (!judged)
      look.add(ca.authority, published.bucket + '/' + published.key,
               {Alarm::CrlUnreachable, judged.error().cause});
    return;
  }
}

Outcome Watchdog::judge(const Named& ca, const Crl& crl, const std::string& octets, Look& look) {
  const auto recent =
      database_.read([&](sql::Snapshot& view) { return last_entries(view, crl.id); });
  if (!recent) return recent.error();
  WatchedCrl watched{
      .published = crl, .issuer = ca.certificate, .recent = *recent, .revoked = {}, .delta = {}};
  if (const auto entries = x509::CrlEntries::parse(*recent); entries && !entries->empty()) {
    Bytes last;
    for (const auto& entry : *entries) last.assign(entry.serial.begin(), entry.serial.end());
    auto revoked = database_.read(
        [&](sql::Snapshot& view) { return find_naming(view, ca.authority.id, last); });
    if (!revoked) return std::move(revoked).error();
    watched.revoked = *std::move(revoked);
  }
  if (crl.number != crl.complete_number) {
    auto delta = fetch_(get(crl.bucket, delta_of(crl.key)));
    if (!delta) return delta.error();
    watched.delta = *std::move(delta);
    const auto after = database_.read([&](sql::Snapshot& view) { return find_crl(view, crl.id); });
    if (!after || !*after || (*after)->number != crl.number) return {};  // the next time
  }
  const auto judged = judge_crl(watched, as_bytes(octets), look.now, settings_);
  for (const auto& finding : judged.findings)
    look.add(ca.authority, crl.bucket + '/' + crl.key, finding);
  keep_earlier(look.state.first_crl_end, judged.next_update);
  look.look_again(judged.stale_from);
  look.state.largest_crl = std::max<std::uint64_t>(look.state.largest_crl, octets.size());
  return {};
}

void Watchdog::look_at_ocsp(const Named& ca, Look& look) {
  const auto id = ca.authority.id;
  const auto serials =
      database_.read([&](sql::Snapshot& view) -> Result<std::vector<x509::SerialNumber>> {
        const auto responder = ocsp::find_responder(view, id);
        if (!responder) return responder.error();
        // Without a responder it has not begun to answer.
        return *responder ? serials_to_ask(view, id) : std::vector<x509::SerialNumber>{};
      });
  if (!serials)
    return look.add(ca.authority, "ocsp", {Alarm::OcspUnreachable, serials.error().cause});
  for (const auto& serial : *serials) ask(ca, serial, look);
}

// What became of the certificate is read after the answer: it may be revoked in between.
void Watchdog::ask(const Named& ca, const x509::SerialNumber& serial, Look& look) {
  const x509::OcspCertId id{x509::OcspIssuer::of(x509::OcspHash::Sha1, ca.certificate), serial};
  const auto question = x509::build_ocsp_request(std::array{id});
  const auto octets = fetch_(post(std::string(as_text(question))));
  if (!octets)
    return look.add(ca.authority, "ocsp", {Alarm::OcspUnreachable, octets.error().cause});
  const auto revocation = database_.read(
      [&](sql::Snapshot& view) { return find_revocation(view, ca.authority.id, serial.octets()); });
  if (!revocation) return;
  const auto judged = judge_answer(
      {.issuer = ca.certificate,
       .id = id,
       .revoked_at = *revocation ? std::optional((*revocation)->revoked_at) : std::nullopt,
       .until = look.now - settings_.watchdog_grace},
      as_bytes(*octets), look.now);
  for (const auto& finding : judged.findings) look.add(ca.authority, "ocsp", finding);
  keep_earlier(look.state.first_responder_end, judged.responder_ends);
  look.look_again(judged.stale_from);
}

// Tells what is new, or could not be told before, and what is over.
void Watchdog::settle(const Look& look) {
  auto state = look.state;
  auto told = look.found;
  for (const auto& [alarm, name] : all_alarms) state.alarms[alarm] = 0;
  for (const auto& [key, detail] : look.found) {
    const auto& [alarm, authority, object] = key;
    ++state.alarms[alarm];
    if (current_.contains(key)) continue;
    if (!events_.tell({event_of(alarm), authority, object, detail})) told.erase(key);
  }
  for (const auto& [key, detail] : current_) {
    const auto& [alarm, authority, object] = key;
    if (!look.found.contains(key))
      log_.info("revocation.alarm_is_over",
                {{"alarm", event_of(alarm)}, {"ca", authority}, {"object", object}});
  }
  current_ = std::move(told);
  const std::lock_guard lock(mutex_);
  state_ = std::move(state);
}

Watchdog::State Watchdog::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

Watchdog::Fetch fetch_from(http::Handler& handler) {
  return [&handler](http::Request request) -> Result<std::string> {
    auto response = handler.respond(std::move(request));
    if (response.status != 200)
      return Fault::unavailable("the answer has status " + std::to_string(response.status));
    return read_all(std::move(response));
  };
}

}  // namespace everseal::acmpca
