#include "services/acmpca/service.h"

#include "services/acmpca/authority/purge.h"
#include "services/acmpca/issuing/internal_root.h"
#include "services/acmpca/operations/create_certificate_authority.h"
#include "services/acmpca/operations/create_certificate_authority_audit_report.h"
#include "services/acmpca/operations/create_permission.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/delete_permission.h"
#include "services/acmpca/operations/describe_bulk_revocation.h"
#include "services/acmpca/operations/describe_certificate_authority.h"
#include "services/acmpca/operations/describe_certificate_authority_audit_report.h"
#include "services/acmpca/operations/get_certificate.h"
#include "services/acmpca/operations/get_certificate_authority_certificate.h"
#include "services/acmpca/operations/get_certificate_authority_csr.h"
#include "services/acmpca/operations/import_certificate_authority_certificate.h"
#include "services/acmpca/operations/issue_certificate.h"
#include "services/acmpca/operations/list_certificate_authorities.h"
#include "services/acmpca/operations/list_permissions.h"
#include "services/acmpca/operations/list_tags.h"
#include "services/acmpca/operations/restore_certificate_authority.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/start_bulk_revocation.h"
#include "services/acmpca/operations/tag_certificate_authority.h"
#include "services/acmpca/operations/untag_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"

namespace everseal::acmpca {

Service::Service(const Surroundings& surroundings, Settings settings)
    : around_(surroundings),
      settings_(settings),
      authorities_(around_.database, around_.clock, around_.key_store, settings_),
      issuer_(around_.database, around_.clock, authorities_, around_.random, around_.announcer,
              settings_),
      second_opinions_(around_.database, around_.log),
      audit_reporter_(around_.database, around_.clock, around_.sink, around_.announcer, around_.log,
                      settings_),
      bulk_revoker_(around_.database, around_.clock, around_.announcer, around_.log, settings_),
      crl_publisher_(around_.database, around_.clock, authorities_, around_.sink, around_.announcer,
                     around_.log, settings_),
      ocsp_responders_(around_.database, around_.clock, around_.random, around_.key_store,
                       authorities_, around_.log, settings_),
      ocsp_desk_(around_.database, around_.clock, ocsp_responders_, settings_),
      ocsp_presigner_(around_.database, around_.clock, ocsp_responders_, settings_),
      publication_point_(around_.database, around_.clock, around_.source, ocsp_desk_, settings_),
      watchdog_(around_.database, around_.clock, around_.log, around_.events, settings_,
                fetch_from(publication_point_)),
      end_notices_(around_.database, around_.clock, around_.log, around_.announcer, settings_) {}

aws::Service Service::api() {
  auto& [database, clock, random, log, key_store, sink, source, events, announcer] = around_;
  aws::Service service({.name = "acm-pca",
                        .signing_name = "acm-pca",
                        .protocol = aws::Protocol::AwsJson11,
                        .target_prefix = "ACMPrivateCA.",
                        .api_version = "2017-08-22",
                        .xml_namespace = {}});
  service.add(
      CreateCertificateAuthority{database, clock, random, key_store, sink, announcer, settings_});
  service.add(CreateCertificateAuthorityAuditReport{database, clock, random, sink, settings_});
  service.add(CreatePermission{database, clock});
  service.add(DeleteCertificateAuthority{database, clock, settings_});
  service.add(DeletePermission{database, clock});
  service.add(DescribeCertificateAuthority{database, clock});
  service.add(DescribeCertificateAuthorityAuditReport{database, clock});
  service.add(GetCertificate{database, clock});
  service.add(GetCertificateAuthorityCertificate{database, clock});
  service.add(GetCertificateAuthorityCsr{database, clock});
  service.add(ImportCertificateAuthorityCertificate{database, clock});
  service.add(IssueCertificate{database, clock, random, authorities_, announcer, settings_});
  service.add(ListCertificateAuthorities{database, clock});
  service.add(ListPermissions{database, clock});
  service.add(ListTags{database, clock});
  service.add(RestoreCertificateAuthority{database, clock});
  service.add(RevokeCertificate{database, clock, announcer});
  service.add(TagCertificateAuthority{database, clock, settings_});
  service.add(UntagCertificateAuthority{database, clock});
  service.add(UpdateCertificateAuthority{database, clock, sink});
  return service;
}

void Service::add_own_operations(aws::Service& everseal) {
  everseal.add(DescribeBulkRevocation{around_.database, around_.clock});
  everseal.add(StartBulkRevocation{around_.database, around_.clock});
}

void Service::handle_jobs(jobs::Runner& runner) {
  runner.handle(std::string(purge_kind), [this](const jobs::Execution& execution) {
    return run_purge(around_.database, around_.clock, around_.log, around_.key_store, execution);
  });
  runner.handle(std::string(audit::Reporter::job_kind), [this](const jobs::Execution& execution) {
    return audit_reporter_.make(execution);
  });
  runner.handle(std::string(BulkRevoker::job_kind), [this](const jobs::Execution& execution) {
    return bulk_revoker_.revoke_some(execution);
  });
  runner.handle(std::string(CrlPublisher::job_kind), [this](const jobs::Execution& execution) {
    return crl_publisher_.publish(execution);
  });
  runner.handle(std::string(ocsp::Responders::job_kind), [this](const jobs::Execution& execution) {
    return ocsp_responders_.make(execution);
  });
  runner.handle(std::string(ocsp::Presigner::job_kind), [this](const jobs::Execution& execution) {
    return ocsp_presigner_.sign(execution);
  });
  runner.every(std::string(SecondOpinions::job_kind), std::chrono::hours{24},
               [this](const jobs::Execution&) { return second_opinions_.ask(); });
  runner.every(std::string(Watchdog::job_kind), settings_.watchdog_interval,
               [this](const jobs::Execution&) { return watchdog_.look(); });
  runner.every(std::string(EndNotices::job_kind), EndNotices::interval,
               [this](const jobs::Execution&) { return end_notices_.tell(); });
}

Result<std::string> Service::create_internal_root(std::string_view account, std::string_view region,
                                                  std::string_view common_name) const {
  return acmpca::create_internal_root({account, region, common_name}, around_.database,
                                      around_.clock, around_.key_store, around_.random);
}

}  // namespace everseal::acmpca
