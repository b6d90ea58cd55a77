#include "services/acm/operations/import_certificate.h"

#include <utility>

#include "services/acm/certificate_store.h"
#include "services/acm/errors.h"
#include "services/acm/expiry_notices.h"
#include "services/acm/own_certificate.h"
#include "services/acm/tags.h"

namespace everseal::acm {

namespace {

std::optional<ApiError> refusal_of(const ImportCertificate::Request& request,
                                   const Settings& settings) {
  if (request.certificate_arn && !request.tags.empty()) {
    return invalid_parameter(
        "Tags cannot be given with CertificateArn: use AddTagsToCertificate for a certificate that "
        "exists.");
  }
  return refuse_tags(request.tags, settings.tags_per_certificate);
}

}  // namespace

aws::Access ImportCertificate::access(const Request& request, const aws::Call& call) const {
  auto access = request.certificate_arn ? access_to(database, *request.certificate_arn)
                                        : aws::on(any_certificate(call));
  add_tag_context(access, request.tags);
  return access;
}

Result<ImportCertificate::Response, ApiError> ImportCertificate::operator()(
    const Request& request, const aws::Call& call) const {
  if (auto refused = refusal_of(request, settings)) return *std::move(refused);
  const ImportedTexts texts{
      .certificate = request.certificate,
      .key = request.private_key,
      .chain = request.certificate_chain ? ByteView(*request.certificate_chain) : ByteView()};
  const auto imported = read_import(texts, clock.now());
  if (!imported) return imported.error();
  return request.certificate_arn ? replace(*imported, request, call)
                                 : add(*imported, request, call);
}

Result<ImportCertificate::Response, ApiError> ImportCertificate::add(
    const ImportedCertificate& imported, const Request& request, const aws::Call& call) const {
  const auto arn = certificate_arn(call.region, call.caller.account, random_uuid(random)).text();
  const Certificate certificate{.arn = arn,
                                .account = call.caller.account,
                                .region = call.region,
                                .type = CertificateType::Imported,
                                .requested_by = call.caller.arn,
                                .created_at = clock.now()};
  const auto sealed = vault.seal(imported.key, key_context(arn));
  if (!sealed) return sealed.error();
  const auto stored = database.write([&](sql::Transaction& tx) -> Outcome {
    if (auto inserted = insert_certificate(tx, certificate); !inserted) return inserted;
    if (auto tagged = put_tags(tx, arn, request.tags); !tagged) return tagged;
    return put(tx, certificate, imported, *sealed, Arrival::Import);
  });
  if (!stored) return stored.error();
  return Response{arn};
}

Result<ImportCertificate::Response, ApiError> ImportCertificate::replace(
    const ImportedCertificate& imported, const Request& request, const aws::Call& call) const {
  const auto& arn = *request.certificate_arn;
  const auto sealed = vault.seal(imported.key, key_context(arn));
  if (!sealed) return sealed.error();
  auto replaced = database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto old = find_own(tx, call, arn);
    if (!old) return old.error();
    if (old->type != CertificateType::Imported) {
      return invalid("Certificate " + arn +
                     " was not imported, so that no certificate can be imported in its place.");
    }
    if (const auto allowed = may_replace(*old, imported); !allowed) return allowed.error();
    const auto stored = put(tx, *old, imported, *sealed, Arrival::Reimport);
    if (!stored) return stored.error();
    return Response{arn};
  });
  if (replaced) listener.replaced(arn);
  return replaced;
}

Outcome ImportCertificate::put(sql::Transaction& tx, Certificate certificate,
                               const ImportedCertificate& imported, const Bytes& sealed_key,
                               Arrival arrival) const {
  certificate.status = CertificateStatus::Issued;
  certificate.domain_name = imported.names.empty() ? std::string() : imported.names.front();
  certificate.names = imported.names;
  certificate.key_algorithm = imported.key_algorithm;
  certificate.imported_at = clock.now();
  certificate.facts = imported.facts;
  if (auto updated = update_certificate(tx, certificate); !updated) return updated;
  const auto stored = put_material(
      tx, certificate,
      {.certificate = imported.certificate, .chain = imported.chain, .sealed_key = sealed_key});
  if (!stored) return stored;
  const auto now = *certificate.imported_at;
  const auto notices = promise_expiry_notices(tx, certificate, now, settings);
  if (!notices) return notices;
  const auto in_use = is_in_use(tx, certificate.arn);
  if (!in_use) return in_use.error();
  return events.tell(tx, available(certificate, arrival, *in_use, now));
}

}  // namespace everseal::acm
