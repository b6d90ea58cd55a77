#include "services/acmpca/audit/reporter.h"

#include "jobs/jobs.h"
#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/audit/report_text.h"
#include "services/acmpca/authority/authority_store.h"

namespace everseal::acmpca::audit {

ObjectSink::Target target_of(const AuthorityArn& authority, const Report& report) {
  return {
      .authority_arn = authority.text(),
      .account = std::string(authority.account()),
      .region = std::string(authority.region()),
      .bucket = report.bucket,
      .key = report.key,
      .acl = ObjectAcl::BucketOwnerFullControl,
      .content_type = report.format == AuditReportFormat::Json ? "application/json" : "text/csv"};
}

Outcome Reporter::promise(sql::Transaction& tx, const Report& report) {
  return jobs::add(
      tx,
      {.kind = std::string(job_kind), .key = report.id, .due = report.created_at, .payload = {}});
}

Result<jobs::Verdict> Reporter::make(const jobs::Execution& execution) {
  const auto found =
      database_.read([&](sql::Snapshot& view) { return find_report(view, execution.key); });
  if (!found) return found.error();
  if (!*found || (*found)->status != AuditReportStatus::Creating) return jobs::Verdict::done();
  const auto& report = **found;
  const auto written = write(report);
  if (written) {
    log_.info("audit_report.written", {{"report", report.id}, {"bucket", report.bucket}});
    return jobs::Verdict::done();
  }
  const bool is_refused = written.error().kind == Fault::Kind::Conflict;
  const auto patience_ends = report.created_at + settings_.audit_report_patience;
  if (!is_refused && clock_.now() < patience_ends) return written.error();
  if (const auto ended = give_up(report, written.error()); !ended) return ended.error();
  return jobs::Verdict::done();
}

Result<AuthorityArn> Reporter::authority_of(const Report& report) const {
  const auto text = database_.read([&](sql::Snapshot& view) { return arn_of(view, report.ca); });
  if (!text) return text.error();
  auto arn = AuthorityArn::parse(*text);
  if (!arn) return Fault::broken("acmpca_certificate_authority: not an ARN: " + *text);
  return *std::move(arn);
}

Outcome Reporter::write(const Report& report) {
  const auto authority = authority_of(report);
  if (!authority) return authority.error();
  const auto object = sink_.begin(target_of(*authority, report));
  if (!object) return object.error();
  if (const auto done = append_all(**object, *authority, report); !done) return done;
  if (const auto done = (*object)->finish(); !done) return done;
  return database_.write([&](sql::Transaction& tx) -> Outcome {
    if (const auto done = settle(tx, report, AuditReportStatus::Success); !done) return done;
    auto announced =
        announcer_.announce(tx, audit_report_made(*authority, report.id, clock_.now()));
    if (!announced) return announced;
    return (*object)->store(tx);
  });
}

Outcome Reporter::append_all(ObjectSink::Pending& object, const AuthorityArn& authority,
                             const Report& report) {
  std::string text(report_head(report.format));
  Bytes last;  // every serial number lies behind it
  auto place = Place::First;
  bool more = true;
  while (more) {
    const auto page =
        database_.read([&](sql::Snapshot& view) { return list_audited(view, report.ca, last); });
    if (!page) return page.error();
    for (const auto& certificate : *page) {
      const auto done = append_audited(text, report.format, authority, certificate, place);
      if (!done) return done;
      place = Place::Later;
    }
    if (!page->empty()) last = page->back().serial;
    more = page->size() == audited_at_once;
    if (!more) text += report_tail(report.format);
    if (const auto done = object.append(as_bytes(text)); !done) return done;
    text.clear();
  }
  return {};
}

Outcome Reporter::give_up(const Report& report, const Fault& fault) {
  const auto authority = authority_of(report);
  if (!authority) return authority.error();
  const auto settled = database_.write([&](sql::Transaction& tx) -> Outcome {
    if (auto done = settle(tx, report, AuditReportStatus::Failed); !done) return done;
    const auto announcement =
        audit_report_failed(*authority, report.id, std::string(kReportNotWritten), clock_.now());
    return announcer_.announce(tx, announcement);
  });
  if (!settled) return settled;
  log_.warning("audit_report.failed",
               {{"report", report.id}, {"bucket", report.bucket}, {"cause", fault.cause}});
  return {};
}

}  // namespace everseal::acmpca::audit
