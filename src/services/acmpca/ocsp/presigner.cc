#include "services/acmpca/ocsp/presigner.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "jobs/jobs.h"
#include "x509/certificate.h"

namespace everseal::acmpca::ocsp {
namespace {

using namespace std::chrono_literals;
using issuance::ocsp::CompactAnswer;

constexpr std::int64_t renewals_a_time = 1000;
constexpr auto between_batches = 1s;

}  // namespace

// What was signed about a certificate; nothing: it has ended.
struct Presigner::Signed {
  std::int64_t certificate;
  Bytes serial;
  TimePoint renew_at;
  std::optional<CompactAnswer> answer;

  // If it was revoked meanwhile, the answer is signed again, and is given to nobody until then.
  Outcome record(sql::Transaction& tx, std::int64_t ca, TimePoint now) const {
    if (!answer) return drop_answer(tx, certificate);
    const auto status = find_status(tx, ca, serial);
    if (!status) return status.error();
    const bool is_true = answer->status == *status;
    return record_answer(tx, {ca, certificate, is_true ? renew_at : now, *answer});
  }
};

Result<jobs::Verdict> Presigner::sign(const jobs::Execution& execution) {
  const auto now = clock_.now();
  const auto ca = jobs::id_in(execution.key);
  const auto by = responder_of(ca);
  if (!by) return by.error();
  const auto is_more = *by ? sign_first(**by, now) : forget(ca);
  if (!is_more) return is_more.error();
  const auto is_due = *by ? sign_anew(**by, now) : false;
  if (!is_due) return is_due.error();
  if (*is_more || *is_due) return jobs::Verdict::again(now + between_batches);
  return *by ? jobs::Verdict::again(now + round()) : jobs::Verdict::done();
}

// Null: the CA answers no OCSP. Unavailable: one of the responders cannot be used, maybe this one.
Result<Responders::Found> Presigner::responder_of(std::int64_t ca) {
  const auto responders = responders_.all();
  if (!responders) return responders.error();
  bool is_complete = true;
  for (const auto& [issuer, responder] : **responders) {
    if (responder && responder->ca == ca) return responder;
    is_complete = is_complete && responder;
  }
  if (!is_complete) return Fault::unavailable("an OCSP responder cannot be used now");
  return Responders::Found();
}

// Well below the half of their time for which answers wait.
std::chrono::milliseconds Presigner::round() const {
  return std::min<std::chrono::milliseconds>(1h, settings_.ocsp_validity / 8);
}

Result<bool> Presigner::sign_first(const ReadyResponder& by, TimePoint now) {
  const auto found =
      database_.read([&](sql::Snapshot& view) { return unanswered_certificates(view, by.ca); });
  if (!found) return found.error();
  const auto answers = sign(by, found->certificates, now);
  if (!answers) return answers.error();
  const auto recorded = database_.write([&](sql::Transaction& tx) -> Outcome {
    for (const auto& answer : *answers)
      if (const auto done = answer.record(tx, by.ca, now); !done) return done;
    return record_looked_up_to(tx, by.ca, found->looked_up_to);
  });
  if (!recorded) return recorded.error();
  return !found->is_last;
}

Result<bool> Presigner::sign_anew(const ReadyResponder& by, TimePoint now) {
  const auto due = database_.read([&](sql::Snapshot& view) {
    return answers_due(view, by.ca, now + round(), renewals_a_time);
  });
  if (!due) return due.error();
  if (due->empty()) return false;
  const auto answers = sign(by, *due, now);
  if (!answers) return answers.error();
  const auto recorded = database_.write([&](sql::Transaction& tx) -> Outcome {
    for (const auto& answer : *answers)
      if (const auto done = answer.record(tx, by.ca, now); !done) return done;
    return {};
  });
  if (!recorded) return recorded.error();
  return std::ssize(*due) == renewals_a_time;
}

Result<bool> Presigner::forget(std::int64_t ca) {
  return database_.write([&](sql::Transaction& tx) -> Result<bool> {
    const auto is_more = drop_answers(tx, ca);
    if (!is_more) return is_more.error();
    if (const auto done = forget_looked_up_to(tx, ca); !done) return done.error();
    return *is_more;
  });
}

Result<std::vector<Presigner::Signed>> Presigner::sign(const ReadyResponder& by,
                                                       const std::vector<Subject>& subjects,
                                                       TimePoint now) const {
  const auto window = by.responder.window(now, settings_.ocsp_validity);
  // Beyond the responder's own end no answer reaches, so it would be signed anew for nothing.
  const bool is_last = window.next_update >= by.responder.validity().not_after;
  const auto renew_at = is_last ? window.next_update + 2 * round() : renewal(window);
  std::vector<Signed> answers;
  answers.reserve(subjects.size());
  for (const auto& subject : subjects) {
    const auto certificate = x509::Certificate::parse(subject.der);
    if (!certificate) return certificate.error();
    answers.push_back({subject.id, subject.serial, renew_at, std::nullopt});
    if (now > certificate->validity().not_after) continue;
    const auto status = database_.read(
        [&](sql::Snapshot& view) { return find_status(view, by.ca, subject.serial); });
    if (!status) return status.error();
    auto answer = by.responder.presign(
        {{by.responder.issuer(presigned_hash), certificate->serial()}, *status}, window);
    if (!answer) return answer.error();
    answers.back().answer = *std::move(answer);
  }
  return answers;
}

}  // namespace everseal::acmpca::ocsp
