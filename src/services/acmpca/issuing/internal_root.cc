#include "services/acmpca/issuing/internal_root.h"

#include "issuance/issue.h"
#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/new_authority.h"
#include "services/acmpca/authority/permission_store.h"
#include "services/acmpca/authority/revocation_rules.h"
#include "services/acmpca/certificates/certificate_store.h"
#include "x509/csr.h"

namespace everseal::acmpca {
namespace {

constexpr std::int64_t validity_years = 20;
constexpr std::string_view template_name = "RootCACertificate/V1";
constexpr std::string_view only_user = "acm.amazonaws.com";

AuthorityPlan plan_of(const InternalRoot& root) {
  CaConfiguration configuration{.key_algorithm = KeyAlgorithm::EcP256,
                                .signing_algorithm = SigningAlgorithm::Sha256WithEcdsa,
                                .subject = {},
                                .csr_extensions = std::nullopt};
  configuration.subject.common_name = std::string(root.common_name);
  return {.type = CaType::Root,
          .usage_mode = UsageMode::GeneralPurpose,
          .security_standard = SecurityStandard::Fips3,
          .configuration = std::move(configuration),
          .revocation = no_revocation()};
}

Fault broken(const ApiError& error) {
  return Fault::broken("the internal CA: " + error.message + " " + error.cause);
}

Result<issuance::IssuedCertificate> self_signed(const Authority& authority, TimePoint now,
                                                keys::KeyStore& key_store, Random& random) {
  auto key = key_store.open(authority.key_handle, authority.arn.text());
  if (!key) return std::move(key).error();
  const auto csr = x509::Csr::parse(authority.csr);
  if (!csr) return csr.error();
  const issuance::Order order{.certificate_template = *issuance::find_template(
                                  "arn:aws:acm-pca:::template/RootCACertificate/V1"),
                              .applicant = std::cref(*csr),
                              .signature_algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa,
                              .validity = {issuance::ValidityPeriod::Type::Years, validity_years},
                              .not_before = std::nullopt,
                              .passthrough = {}};
  auto issued =
      issuance::issue(issuance::Issuer::without_certificate(*std::move(key)), order, now, random);
  if (!issued) return Fault::broken("the internal CA: " + issued.error().message);
  return *std::move(issued);
}

void install(Authority& authority, const issuance::IssuedCertificate& issued) {
  authority.stored_status = CaStatus::Active;
  authority.installed = InstalledCertificate{.der = issued.der,
                                             .chain = {},
                                             .serial = to_bytes(issued.tbs.serial().octets()),
                                             .not_before = issued.tbs.validity().not_before,
                                             .not_after = issued.tbs.validity().not_after};
}

Permission permission_for_acm(std::string_view account, TimePoint now) {
  return {.principal = std::string(only_user),
          .source_account = std::string(account),
          .actions = {PermittedAction::IssueCertificate, PermittedAction::GetCertificate,
                      PermittedAction::ListPermissions},
          .created_at = now};
}

}  // namespace

Result<std::string> create_internal_root(const InternalRoot& root, sql::Database& database,
                                         const Clock& clock, keys::KeyStore& key_store,
                                         Random& random) {
  const auto now = clock.now();
  const auto plan = plan_of(root);
  if (const auto fit = check_plan(plan); !fit) return broken(fit.error());
  auto authority = make_authority(plan, root.account, root.region, now, key_store, random);
  if (!authority) return broken(authority.error());
  const auto issued = self_signed(*authority, now, key_store, random);
  if (!issued) return issued.error();
  install(*authority, *issued);
  return database.write([&](sql::Transaction& tx) -> Result<std::string> {
    const auto id = insert(tx, *authority);
    if (!id) return id.error();
    authority->id = *id;
    const auto recorded = record_certificate(tx, {.authority = *authority,
                                                  .serial = authority->installed->serial,
                                                  .der = issued->der,
                                                  .template_name = template_name,
                                                  .requested_by = "everseal",
                                                  .issued_at = now});
    if (!recorded) return recorded.error();
    const auto granted = add_permission(tx, *id, permission_for_acm(root.account, now));
    if (!granted) return granted.error();
    return authority->arn.text();
  });
}

}  // namespace everseal::acmpca
