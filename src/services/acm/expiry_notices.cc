#include "services/acm/expiry_notices.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

#include "jobs/jobs.h"
#include "services/acm/account_configuration.h"
#include "services/acm/certificate_events.h"
#include "services/acm/certificate_store.h"

namespace everseal::acm {

namespace {

using std::chrono::days;

bool may_end(const Certificate& certificate) {
  return certificate.status == CertificateStatus::Issued && certificate.facts;
}

// From so many days before the end on the account hears daily.
Result<int> wanted_days(sql::Snapshot& view, const Certificate& certificate,
                        const Settings& settings) {
  const auto chosen = days_before_expiry(view, certificate.account, certificate.region);
  if (!chosen) return chosen.error();
  return chosen->value_or(settings.expiry_event_days);
}

// The first day, before the end, on which there is something to tell.
int first_day(const Certificate& certificate, int wanted, const Settings& settings) {
  if (certificate.type != CertificateType::Private) return wanted;
  const auto& notices = settings.notice_days;
  return notices.empty() ? wanted : std::max(wanted, *std::ranges::max_element(notices));
}

// The next moment that is a whole number of days before the end, or the end itself.
TimePoint next_day(TimePoint now, TimePoint not_after, int first) {
  const TimePoint start = not_after - days{first};
  return now < start ? start : not_after - days{days_left(now, not_after) - 1};
}

}  // namespace

Outcome promise_expiry_notices(sql::Transaction& tx, const Certificate& certificate, TimePoint now,
                               const Settings& settings) {
  const auto wanted = wanted_days(tx, certificate, settings);
  if (!wanted) return wanted.error();
  const int first = first_day(certificate, *wanted, settings);
  const auto due = next_day(now, certificate.facts->not_after, first);
  return jobs::reschedule(tx, {std::string(kExpiryJob), certificate.arn, due, {}});
}

Outcome promise_expiry_plan(sql::Transaction& tx, std::string_view account, std::string_view region,
                            TimePoint now) {
  const auto key = std::string(account) + '/' + std::string(region);
  return jobs::add(tx, {std::string(kExpiryPlanJob), key, now, {}});
}

Result<jobs::Verdict> ExpiryNotices::operator()(const jobs::Execution& job) const {
  return database_.write([&](sql::Transaction& tx) -> Result<jobs::Verdict> {
    const auto found = find_certificate(tx, job.key);
    if (!found) return found.error();
    if (!*found || !may_end(**found)) return jobs::Verdict::done();
    return tell(tx, **found, job.due);
  });
}

Result<jobs::Verdict> ExpiryNotices::tell(sql::Transaction& tx, const Certificate& certificate,
                                          TimePoint due) const {
  const auto now = clock_.now();
  const auto not_after = certificate.facts->not_after;
  if (now >= not_after) {
    if (const auto told = tell_end(tx, certificate); !told) return told.error();
    return jobs::Verdict::done();
  }
  const auto wanted = wanted_days(tx, certificate, settings_);
  if (!wanted) return wanted.error();
  if (const auto told = tell_days(tx, certificate, *wanted, due); !told) return told.error();
  const int first = first_day(certificate, *wanted, settings_);
  return jobs::Verdict::again(next_day(now, not_after, first));
}

Outcome ExpiryNotices::tell_days(sql::Transaction& tx, const Certificate& certificate,
                                 int wanted_days, TimePoint due) const {
  const auto now = clock_.now();
  const auto not_after = certificate.facts->not_after;
  if (days_left(now, not_after) <= wanted_days) {
    const auto told = events_.tell(tx, approaching_expiration(certificate, now));
    if (!told) return told;
  }
  const auto before = std::min(due, now) - std::chrono::milliseconds{1};
  const bool is_noticed = certificate.type == CertificateType::Private &&
                          notice_between(before, now, not_after, settings_).has_value();
  if (!is_noticed) return {};
  const auto reason = certificate.renewal ? certificate.renewal->reason : std::nullopt;
  return events_.tell(tx, news_of(certificate, RenewalNews::Kind::EndsSoon, reason, now));
}

Outcome ExpiryNotices::tell_end(sql::Transaction& tx, const Certificate& certificate) const {
  if (certificate.type != CertificateType::Private) return {};
  const auto in_use = is_in_use(tx, certificate.arn);
  if (!in_use) return in_use.error();
  const auto now = clock_.now();
  if (auto told = events_.tell(tx, expired(certificate, *in_use, now)); !told) return told;
  const auto reason = certificate.renewal ? certificate.renewal->reason : std::nullopt;
  return events_.tell(tx, news_of(certificate, RenewalNews::Kind::Ended, reason, now));
}

Result<jobs::Verdict> ExpiryPlan::operator()(const jobs::Execution& job) const {
  const auto slash = job.key.find('/');
  const Home home{.account = job.key.substr(0, slash), .region = job.key.substr(slash + 1)};
  for (std::optional<ListPosition> after;;) {
    const auto last = plan_page(home, after);
    if (!last) return last.error();
    if (!*last) return jobs::Verdict::done();
    after = *last;
  }
}

Result<std::optional<ListPosition>> ExpiryPlan::plan_page(
    const Home& home, const std::optional<ListPosition>& after) const {
  constexpr int most = 500;
  return database_.write([&](sql::Transaction& tx) -> Result<std::optional<ListPosition>> {
    std::vector<Certificate> page;
    const auto read = each_certificate(tx, home.account, home.region, ListOrder::OldestFirst, after,
                                       [&](const Certificate& certificate, bool) {
                                         page.push_back(certificate);
                                         return page.size() < most;
                                       });
    if (!read) return read.error();
    if (page.empty()) return std::optional<ListPosition>{};
    for (const auto& certificate : page) {
      if (!may_end(certificate) || clock_.now() >= certificate.facts->not_after) continue;
      const auto promised = promise_expiry_notices(tx, certificate, clock_.now(), settings_);
      if (!promised) return promised.error();
    }
    return std::optional(ListPosition{page.back().created_at, page.back().arn});
  });
}

}  // namespace everseal::acm
