#include "services/acm/service.h"

#include <string>
#include <utility>

#include "services/acm/expiry_notices.h"
#include "services/acm/first_issuance.h"
#include "services/acm/operations/add_tags_to_certificate.h"
#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/describe_certificate.h"
#include "services/acm/operations/export_certificate.h"
#include "services/acm/operations/get_account_configuration.h"
#include "services/acm/operations/get_certificate.h"
#include "services/acm/operations/import_certificate.h"
#include "services/acm/operations/list_certificates.h"
#include "services/acm/operations/list_tags_for_certificate.h"
#include "services/acm/operations/put_account_configuration.h"
#include "services/acm/operations/remove_tags_from_certificate.h"
#include "services/acm/operations/renew_certificate.h"
#include "services/acm/operations/request_certificate.h"
#include "services/acm/operations/revoke_certificate.h"
#include "services/acm/operations/update_certificate_options.h"
#include "services/acm/renewal.h"

namespace everseal::acm {

Service::Service(const Surroundings& surroundings, Settings settings)
    : around_(surroundings),
      settings_(std::move(settings)),
      issuing_(around_.issuer, around_.keys, around_.vault, around_.clock, around_.events,
               settings_),
      users_(around_.clock, settings_),
      server_certificate_(around_.database, around_.clock, around_.random, around_.vault, issuing_,
                          settings_) {}

aws::Service Service::api() const {
  auto& [database, clock, random, log, vault, keys, issuer, authorizer, listener, events] = around_;
  aws::Service service({.name = "acm",
                        .signing_name = "acm",
                        .protocol = aws::Protocol::AwsJson11,
                        .target_prefix = "CertificateManager.",
                        .api_version = "2015-12-08",
                        .xml_namespace = {},
                        .body_limit = 4 << 20});
  service.add(AddTagsToCertificate{database, settings_});
  service.add(DeleteCertificate{database});
  service.add(DescribeCertificate{database, clock});
  service.add(ExportCertificate{database, clock, random, vault, settings_});
  service.add(GetAccountConfiguration{database, settings_});
  service.add(GetCertificate{database});
  service.add(ImportCertificate{database, clock, random, vault, listener, events, settings_});
  service.add(ListCertificates{database, clock});
  service.add(ListTagsForCertificate{database});
  service.add(PutAccountConfiguration{database, clock, settings_});
  service.add(RemoveTagsFromCertificate{database});
  service.add(RenewCertificate{database, clock, settings_});
  service.add(RequestCertificate{database, clock, random, issuer, authorizer, settings_});
  service.add(RevokeCertificate{database, clock, issuer, events});
  service.add(UpdateCertificateOptions{database});
  return service;
}

void Service::handle_jobs(jobs::Runner& runner) const {
  runner.handle(std::string(kIssueJob),
                FirstIssuance(around_.database, around_.clock, around_.log, issuing_, settings_));
  runner.handle(std::string(kRenewJob),
                Renewal(around_.database, around_.clock, around_.log, issuing_, around_.listener,
                        around_.events, settings_));
  runner.handle(std::string(kExpiryJob),
                ExpiryNotices(around_.database, around_.clock, around_.events, settings_));
  runner.handle(std::string(kExpiryPlanJob),
                ExpiryPlan(around_.database, around_.clock, settings_));
}

}  // namespace everseal::acm
