#include "services/elbv2/trust_stores/service.h"

#include "services/elbv2/trust_stores/operations/add_trust_store_revocations.h"
#include "services/elbv2/trust_stores/operations/create_trust_store.h"
#include "services/elbv2/trust_stores/operations/delete_shared_trust_store_association.h"
#include "services/elbv2/trust_stores/operations/delete_trust_store.h"
#include "services/elbv2/trust_stores/operations/describe_trust_store_associations.h"
#include "services/elbv2/trust_stores/operations/describe_trust_store_revocations.h"
#include "services/elbv2/trust_stores/operations/describe_trust_stores.h"
#include "services/elbv2/trust_stores/operations/get_resource_policy.h"
#include "services/elbv2/trust_stores/operations/get_trust_store_ca_certificates_bundle.h"
#include "services/elbv2/trust_stores/operations/get_trust_store_revocation_content.h"
#include "services/elbv2/trust_stores/operations/modify_trust_store.h"
#include "services/elbv2/trust_stores/operations/remove_trust_store_revocations.h"

namespace everseal::elbv2::trust_stores {

Service::Service(const Surroundings& surroundings, const Settings& settings)
    : around_(surroundings),
      settings_(settings),
      followed_(around_.private_cas),
      links_(around_.database, around_.vault, around_.wall, around_.url, followed_),
      reader_(around_.database, followed_) {}

void Service::add_trust_store_operations(aws::Service& elbv2) const {
  auto& database = around_.database;
  const auto& clock = around_.clock;
  auto& objects = around_.objects;
  const auto* associations = around_.associations;
  elbv2.add(AddTrustStoreRevocations{database, clock, objects, settings_, followed_});
  elbv2.add(CreateTrustStore{database, around_.random, clock, objects, settings_, followed_});
  elbv2.add(DeleteSharedTrustStoreAssociation{database, associations});
  elbv2.add(DeleteTrustStore{database, associations});
  elbv2.add(DescribeTrustStoreAssociations{database, associations});
  elbv2.add(DescribeTrustStoreRevocations{database});
  elbv2.add(DescribeTrustStores{database, followed_});
  elbv2.add(GetResourcePolicy{database});
  elbv2.add(GetTrustStoreCaCertificatesBundle{database, links_});
  elbv2.add(GetTrustStoreRevocationContent{database, links_});
  elbv2.add(ModifyTrustStore{database, clock, objects, settings_});
  elbv2.add(RemoveTrustStoreRevocations{database, clock});
}

}  // namespace everseal::elbv2::trust_stores
