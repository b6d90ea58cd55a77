#include "services/acmpca/operations/issue_certificate.h"

#include "services/acmpca/announcing/announcements.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "services/acmpca/idempotency.h"
#include "services/acmpca/issuing/refusals.h"
#include "services/acmpca/model/algorithms.h"
#include "services/acmpca/model/errors.h"
#include "services/acmpca/model/passthrough_reading.h"
#include "x509/csr.h"

namespace everseal::acmpca {
namespace {

using Request = IssueCertificate::Request;
using Response = IssueCertificate::Response;
using From = ReadyAuthorities::From;

constexpr std::string_view template_prefix = "arn:aws:acm-pca:::template/";

Result<const issuance::Template*, ApiError> template_of(const Request& request) {
  if (!request.template_arn) return &issuance::default_template();
  if (!request.template_arn->starts_with(template_prefix)) return not_a_valid_arn();
  const auto* found = issuance::find_template(*request.template_arn);
  if (found == nullptr) return invalid_args("There is no template " + *request.template_arn + ".");
  return found;
}

issuance::ValidityPeriod to_period(const Validity& validity) {
  using Type = issuance::ValidityPeriod::Type;
  switch (validity.type) {
    case ValidityPeriodType::EndDate:
      return {Type::EndDate, validity.value};
    case ValidityPeriodType::Absolute:
      return {Type::Absolute, validity.value};
    case ValidityPeriodType::Days:
      return {Type::Days, validity.value};
    case ValidityPeriodType::Months:
      return {Type::Months, validity.value};
    case ValidityPeriodType::Years:
      break;
  }
  return {Type::Years, validity.value};
}

Result<x509::Csr, ApiError> csr_of(const Request& request) {
  auto csr = x509::Csr::parse_pem(as_text(request.csr));
  if (!csr)
    return malformed_csr("The certificate signing request is invalid: " + csr.error().cause + ".");
  return *std::move(csr);
}

// What a template without API passthrough is given stays unread.
Result<issuance::ApiPassthrough, ApiError> passthrough_of(const Request& request,
                                                          const issuance::Template& mould) {
  if (!request.api_passthrough || !issuance::takes_api(mould.passthrough))
    return issuance::ApiPassthrough{};
  return to_passthrough(*request.api_passthrough);
}

Result<issuance::Order, ApiError> order_of(const Request& request, const x509::Csr& csr) {
  const auto mould = template_of(request);
  if (!mould) return mould.error();
  const auto algorithm = spoken(request.signing_algorithm);
  if (!algorithm) return invalid_args("The signing algorithm does not suit the CA's key.");
  auto passthrough = passthrough_of(request, **mould);
  if (!passthrough) return std::move(passthrough).error();
  issuance::Order order{.certificate_template = **mould,
                        .applicant = std::cref(csr),
                        .signature_algorithm = *algorithm,
                        .validity = to_period(request.validity),
                        .not_before = std::nullopt,
                        .passthrough = *std::move(passthrough)};
  if (request.validity_not_before) order.not_before = to_period(*request.validity_not_before);
  return order;
}

// A ROOT makes its own certificate while it waits for one; all else needs an ACTIVE CA.
Result<void, ApiError> check_state(const Authority& authority, const issuance::Template& mould,
                                   TimePoint now) {
  if (authority.is_gone(now)) return no_such_authority(authority.arn.text());
  const bool is_root = mould.subject_kind == issuance::SubjectKind::RootCa;
  if (is_root && authority.type != CaType::Root)
    return invalid_args("Only a ROOT certificate authority issues root certificates.");
  const auto status = authority.status(now);
  if (may_issue(status) || (is_root && status == CaStatus::PendingCertificate)) return {};
  return cannot_issue_now();
}

// The list that the certificate belongs to; null: none. No CRL speaks of roots.
const CrlInUse* crl_of(const ReadyAuthority& ready, const issuance::Template& mould) {
  if (!ready.crl || mould.subject_kind == issuance::SubjectKind::RootCa) return nullptr;
  return &*ready.crl;
}

// By what is kept in memory; the transaction that stores the certificate decides.
Result<void, ApiError> check_room(const ReadyAuthority& ready, const issuance::Template& mould) {
  const auto* crl = crl_of(ready, mould);
  if (crl == nullptr || crl->has_room) return {};
  return too_many_certificates(ready.authority.arn.text());
}

// "arn:aws:acm-pca:::template/EndEntityCertificate/V1" without what all have in common.
std::string_view stored_name(std::string_view template_arn) {
  return template_arn.substr(template_prefix.size());
}

}  // namespace

aws::Access IssueCertificate::access(const Request& request, const aws::Call&) const {
  auto access = on_authority(database, request.certificate_authority_arn);
  access.context.push_back(
      {"acm-pca:TemplateArn",
       {request.template_arn ? *request.template_arn : issuance::default_template().arn()}});
  return access;
}

Result<Response, ApiError> IssueCertificate::operator()(const Request& request,
                                                        const aws::Call& call) const {
  const Stopwatch stopwatch;
  auto answer = issue(request, call);
  const bool is_about_a_ca = answer || (answer.error().code != "ResourceNotFoundException" &&
                                        answer.error().code != "InvalidArnException");
  if (is_about_a_ca) {
    announcer.measured(
        {request.certificate_authority_arn.text(), answer.has_value(), stopwatch.elapsed()});
  }
  return answer;
}

Result<Response, ApiError> IssueCertificate::issue(const Request& request,
                                                   const aws::Call& call) const {
  const auto& arn = request.certificate_authority_arn;
  if (arn.region() != call.region) return not_a_valid_arn();
  if (arn.account() != call.caller.account) return no_such_authority(arn.text());
  const auto csr = csr_of(request);
  if (!csr) return csr.error();
  const auto order = order_of(request, *csr);
  if (!order) return order.error();

  const auto kept = authorities.find(arn.text(), From::Memory);
  if (!kept) return kept.error();
  if (!*kept) return no_such_authority(arn.text());
  auto answer = attempt(request, call, **kept, *order);
  if (answer && *answer) return **std::move(answer);

  // What was kept may be old: nobody is refused before the database was asked.
  const auto fresh = authorities.find(arn.text(), From::Database);
  if (!fresh) return fresh.error();
  if (!*fresh) return no_such_authority(arn.text());
  const bool was_current = (*fresh)->authority.version == (*kept)->authority.version;
  if (!answer && was_current) return std::move(answer).error();
  answer = attempt(request, call, **fresh, *order);
  if (!answer) return std::move(answer).error();
  if (!*answer) return Fault::unavailable(arn.text() + " changes faster than it can sign");
  return **std::move(answer);
}

IssueCertificate::Attempt IssueCertificate::attempt(const Request& request, const aws::Call& call,
                                                    const ReadyAuthority& ready,
                                                    const issuance::Order& order) const {
  const auto now = clock.now();
  // First: what a token was answered stays true, whatever became of the CA since.
  if (request.idempotency_token) {
    const TokenKey key{ready.authority.arn.text(), *request.idempotency_token};
    const auto earlier =
        database.read([&](sql::Snapshot& view) { return earlier_answer(view, key, now); });
    if (!earlier) return earlier.error();
    if (*earlier) return std::optional(Response{**earlier});
  }
  const auto allowed = check_state(ready.authority, order.certificate_template, now);
  if (!allowed) return allowed.error();
  const auto room = check_room(ready, order.certificate_template);
  if (!room) return room.error();
  const auto issued = issuance::issue(ready.issuer, order, now, random);
  if (!issued) return in_api_words(issued.error());
  return store(request, call, ready, order, *issued, now);
}

IssueCertificate::Attempt IssueCertificate::store(const Request& request, const aws::Call& call,
                                                  const ReadyAuthority& ready,
                                                  const issuance::Order& order,
                                                  const issuance::IssuedCertificate& issued,
                                                  TimePoint now) const {
  const auto serial = issued.tbs.serial().octets();
  const auto arn = certificate_arn(ready.authority.arn, serial);
  const auto template_arn = order.certificate_template.arn();
  const auto* in_use = crl_of(ready, order.certificate_template);
  const auto crl = in_use == nullptr ? std::nullopt : in_use->id;
  return database.write([&](sql::Transaction& tx) -> Attempt {
    const auto current = is_current(tx, ready.authority);
    if (!current) return current.error();
    if (!*current) return std::optional<Response>{};
    if (request.idempotency_token) {
      const TokenKey key{ready.authority.arn.text(), *request.idempotency_token};
      const auto earlier = claim_token(tx, key, arn, now, now + settings.idempotency_window);
      if (!earlier) return earlier.error();
      if (*earlier) return std::optional(Response{**earlier});
    }
    const auto recorded = record_certificate(tx, {.authority = ready.authority,
                                                  .serial = serial,
                                                  .der = issued.der,
                                                  .template_name = stored_name(template_arn),
                                                  .requested_by = call.caller.arn,
                                                  .issued_at = now,
                                                  .crl = crl});
    if (!recorded) return recorded.error();
    const auto announced =
        announcer.announce(tx, certificate_issued(ready.authority.arn, arn, now));
    if (!announced) return announced.error();
    if (!crl) return std::optional(Response{arn});
    const auto room = take_room(tx, ready.authority, *crl, settings, now);
    if (!room) return room.error();
    if (*room == Room::None) return too_many_certificates(ready.authority.arn.text());
    return std::optional(Response{arn});
  });
}

}  // namespace everseal::acmpca
