#include "services/acmpca/notices/end_notices.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include "clock/time_text.h"
#include "jobs/jobs.h"
#include "services/acmpca/authority/authority_arn.h"
#include "x509/certificate.h"

namespace everseal::acmpca {
namespace {

using std::chrono::days;

// A certificate holds through its last second, and has ended in the next moment.
TimePoint moment_of(const Ending& ending, int notice) {
  return notice == 0 ? ending.not_after + std::chrono::milliseconds{1}
                     : ending.not_after - days{notice};
}

std::vector<int> notices_of(const Ending& ending, const std::vector<int>& wanted) {
  std::vector<int> notices{0};
  std::ranges::copy_if(wanted, std::back_inserter(notices), [&](int notice) {
    return days{2 * notice} <= ending.not_after - ending.not_before;
  });
  return notices;
}

int days_left(const Ending& ending, TimePoint now) {
  const auto left = std::chrono::ceil<days>(ending.not_after - now);
  return static_cast<int>(std::max<days::rep>(left.count(), 0));
}

std::string remedy(const Ending& ending, bool has_ended) {
  if (ending.type == CaType::Subordinate) {
    return "Have the parent CA sign the CSR of GetCertificateAuthorityCsr once more, and import "
           "the new certificate with ImportCertificateAuthorityCertificate" +
           std::string(has_ended ? ": the CA is ACTIVE again."
                                 : ". Until then the CA issues nothing that ends later than it.");
  }
  return has_ended
             ? "Create another CA and have what trusted this one trust it: a root that has ended "
               "signs nothing any more."
             : "Issue another certificate from the CA's own CSR with the template "
               "RootCACertificate/V1, import it with ImportCertificateAuthorityCertificate, and "
               "give it to all who trust the old one. Until then the CA issues nothing that ends "
               "later than it.";
}

Result<EndNotice> notice_of(const Ending& ending, ByteView der, TimePoint now) {
  const auto arn = AuthorityArn::parse(ending.arn);
  if (!arn) return Fault::broken("no ARN of a CA: " + ending.arn);
  const auto certificate = x509::Certificate::parse(der);
  if (!certificate) return certificate.error();
  return EndNotice{.account = std::string(arn->account()),
                   .region = std::string(arn->region()),
                   .authority_arn = ending.arn,
                   .has_ended = now > ending.not_after,
                   .days_left = days_left(ending, now),
                   .subject = certificate->subject().text(),
                   .serial = certificate->serial().hex(),
                   .not_after = ending.not_after,
                   .remedy = remedy(ending, now > ending.not_after),
                   .time = now};
}

}  // namespace

std::optional<int> due_notice(const Ending& ending, TimePoint now, const std::vector<int>& wanted) {
  std::optional<int> due;
  for (const int notice : notices_of(ending, wanted)) {
    if (now >= moment_of(ending, notice) && (!due || notice < *due)) due = notice;
  }
  return due && ending.told && *ending.told <= *due ? std::nullopt : due;
}

std::optional<TimePoint> next_notice(const Ending& ending, TimePoint now,
                                     const std::vector<int>& wanted) {
  std::optional<TimePoint> next;
  for (const int notice : notices_of(ending, wanted)) {
    const auto moment = moment_of(ending, notice);
    if (now < moment && (!next || moment < *next)) next = moment;
  }
  return next;
}

Outcome promise_end_notices(sql::Transaction& tx, TimePoint now) {
  return jobs::add(
      tx, {.kind = std::string(EndNotices::job_kind), .key = {}, .due = now, .payload = {}});
}

Result<jobs::Verdict> EndNotices::tell() {
  const auto now = clock_.now();
  const auto all = database_.read([](sql::Snapshot& view) { return endings(view); });
  if (!all) return all.error();
  TimePoint next = now + interval;
  Outcome outcome;
  for (const auto& ending : *all) {
    if (const auto moment = next_notice(ending, now, settings_.end_notice_days))
      next = std::min(next, *moment);
    if (!due_notice(ending, now, settings_.end_notice_days)) continue;
    if (auto told = tell(ending); !told) outcome = std::move(told);
  }
  if (!outcome) return outcome.error();
  return jobs::Verdict::again(next);
}

// The certificate may have been replaced since the CAs were listed.
Outcome EndNotices::tell(const Ending& ending) {
  const auto told = database_.write([&](sql::Transaction& tx) { return tell(tx, ending.ca); });
  if (!told) return told.error();
  if (!*told) return {};
  const auto& notice = **told;
  log_.warning(notice.has_ended ? "authority.ended" : "authority.ends_soon",
               {{"ca", notice.authority_arn},
                {"days", notice.days_left},
                {"not_after", to_iso8601(notice.not_after)},
                {"remedy", notice.remedy}});
  return {};
}

Result<std::optional<EndNotice>> EndNotices::tell(sql::Transaction& tx, std::int64_t ca) {
  const auto now = clock_.now();
  const auto ending = find_ending(tx, ca);
  if (!ending) return ending.error();
  const auto due = *ending ? due_notice(**ending, now, settings_.end_notice_days) : std::nullopt;
  if (!due) return std::optional<EndNotice>{};
  const auto der = certificate_of(tx, ca);
  if (!der) return der.error();
  auto notice = notice_of(**ending, *der, now);
  if (!notice) return std::move(notice).error();
  if (const auto told = announcer_.announce(tx, *notice); !told) return told.error();
  if (const auto noted = note_told(tx, **ending, *due); !noted) return noted.error();
  return std::optional(*std::move(notice));
}

std::optional<TimePoint> EndNotices::first_end() const {
  const auto end = database_.read([](sql::Snapshot& view) { return acmpca::first_end(view); });
  return end ? *end : std::nullopt;
}

}  // namespace everseal::acmpca
