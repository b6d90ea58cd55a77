#include "services/acm/operations/request_certificate.h"

#include <array>
#include <utility>

#include "aws/protocol/common_error.h"
#include "jobs/jobs.h"
#include "services/acm/certificate_store.h"
#include "services/acm/domain_names.h"
#include "services/acm/errors.h"
#include "services/acm/idempotency.h"
#include "services/acm/issuing.h"
#include "services/acm/own_certificate.h"
#include "services/acm/tags.h"

namespace everseal::acm {

namespace {

constexpr std::string_view kTemplate = "arn:aws:acm-pca:::template/EndEntityCertificate/V1";

// Keys of the other algorithms may be imported, but are not made.
bool is_made_here(KeyAlgorithm algorithm) {
  return algorithm == KeyAlgorithm::Rsa2048 || algorithm == KeyAlgorithm::EcP256 ||
         algorithm == KeyAlgorithm::EcP384;
}

// As they will stand in the certificate: a policy that compares case is not evaded by spelling.
std::vector<std::string> all_names(const RequestCertificate::Request& request) {
  std::vector<std::string> names{in_lower_case(request.domain_name)};
  for (const auto& name : request.subject_alternative_names) names.push_back(in_lower_case(name));
  return names;
}

// What can be said of the request without looking anything up.
std::optional<ApiError> refusal_of(const RequestCertificate::Request& request,
                                   const Settings& settings) {
  if (!request.certificate_authority_arn) return public_certificates_are_not_issued();
  if (!is_ca_arn(*request.certificate_authority_arn)) {
    return not_a_ca_arn(*request.certificate_authority_arn);
  }
  const auto algorithm = request.key_algorithm.value_or(KeyAlgorithm::Rsa2048);
  if (!is_made_here(algorithm)) {
    return invalid_parameter("Certificates with a key of " + std::string(aws::name_of(algorithm)) +
                             " can be imported, but not requested: use RSA_2048, EC_prime256v1 "
                             "or EC_secp384r1.");
  }
  if (request.managed_by) {
    return invalid_parameter("ManagedBy is for public certificates only.");
  }
  return refuse_tags(request.tags, settings.tags_per_certificate);
}

}  // namespace

aws::Access RequestCertificate::access(const Request& request, const aws::Call& call) const {
  auto access = aws::on(any_certificate(call));
  const auto add = [&](std::string_view key, std::vector<std::string> values) {
    access.context.push_back({std::string(key), std::move(values)});
  };
  add("acm:DomainNames", all_names(request));
  const auto algorithm = request.key_algorithm.value_or(KeyAlgorithm::Rsa2048);
  add("acm:KeyAlgorithm", {std::string(aws::name_of(algorithm))});
  if (const auto& ca = request.certificate_authority_arn) add("acm:CertificateAuthority", {*ca});
  if (const auto method = request.validation_method) {
    add("acm:ValidationMethod", {std::string(aws::name_of(*method))});
  }
  if (const auto& options = request.options; options && options->transparency) {
    add("acm:CertificateTransparencyLogging", {std::string(aws::name_of(*options->transparency))});
  }
  if (const auto& options = request.options; options && options->export_option) {
    add("acm:Export", {std::string(aws::name_of(*options->export_option))});
  }
  add_tag_context(access, request.tags);
  return access;
}

Result<RequestCertificate::Response, ApiError> RequestCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  const auto certificate = wanted(request, call);
  if (!certificate) return certificate.error();
  const auto allowed = require_rights(call, *certificate->ca_arn);
  if (!allowed) return allowed.error();
  auto arn = database.write([&](sql::Transaction& tx) { return store(tx, *certificate, request); });
  if (!arn) return arn.error();
  return Response{*std::move(arn)};
}

Result<Certificate, ApiError> RequestCertificate::wanted(const Request& request,
                                                         const aws::Call& call) const {
  if (auto refused = refusal_of(request, settings)) return *std::move(refused);
  auto names = certificate_names(request.domain_name, request.subject_alternative_names,
                                 settings.names_per_certificate);
  if (!names) return names.error();
  const auto options = request.options.value_or(CertificateOptions{});
  const auto arn = certificate_arn(call.region, call.caller.account, random_uuid(random));
  return Certificate{.arn = arn.text(),
                     .account = call.caller.account,
                     .region = call.region,
                     .domain_name = names->front(),
                     .names = *names,
                     .key_algorithm = request.key_algorithm.value_or(KeyAlgorithm::Rsa2048),
                     .ca_arn = request.certificate_authority_arn,
                     .requested_by = call.caller.arn,
                     .transparency = options.transparency.value_or(Switch::Disabled),
                     .export_option = options.export_option.value_or(Switch::Disabled),
                     .created_at = clock.now()};
}

// The first issuance happens later, but on the rights that the caller has now.
Result<void, ApiError> RequestCertificate::require_rights(const aws::Call& call,
                                                          const std::string& ca_arn) const {
  auto access = issuer.access(ca_arn);
  access.context.push_back({"acm-pca:TemplateArn", {std::string(kTemplate)}});
  for (const std::string_view action : {"acm-pca:IssueCertificate", "acm-pca:GetCertificate"}) {
    const auto denial = authorizer.authorize(call, action, access);
    if (!denial) return denial.error();
    if (*denial) {
      return aws::protocol::common_error(
          aws::Protocol::AwsJson11, aws::protocol::CommonError::AccessDenied, (*denial)->message);
    }
  }
  return {};
}

Result<std::string> RequestCertificate::store(sql::Transaction& tx, const Certificate& certificate,
                                              const Request& request) const {
  if (const auto& token = request.idempotency_token) {
    const auto expires_at = clock.now() + settings.idempotency_window;
    auto original = remember_request(tx, certificate, *token, clock.now(), expires_at);
    if (!original) return original.error();
    if (*original) return **std::move(original);
  }
  if (auto inserted = insert_certificate(tx, certificate); !inserted) return inserted.error();
  if (auto tagged = put_tags(tx, certificate.arn, request.tags); !tagged) return tagged.error();
  const auto promised =
      jobs::add(tx, {std::string(kIssueJob), certificate.arn, certificate.created_at, {}});
  if (!promised) return promised.error();
  return certificate.arn;
}

}  // namespace everseal::acm
