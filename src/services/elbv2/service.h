#pragma once

#include "aws/endpoint/service.h"
#include "clock/clock.h"
#include "random/random.h"
#include "services/elbv2/address_pool.h"
#include "services/elbv2/certificate_source.h"
#include "services/elbv2/log_objects.h"
#include "services/elbv2/reports.h"
#include "services/elbv2/trust_stores.h"
#include "sql/database.h"

namespace everseal::elbv2 {

// What load balancing works with; outlives it.
struct Parts {
  sql::Database& database;
  const CertificateSource& certificates;
  const TrustStores& trust_stores;
  const AddressPool& addresses;
  bool takes_loopback_targets;
  const Reports* reports;   // null: nobody carries anything out
  LogObjects* log_objects;  // null: logs are kept as they are said, and never written
  Random& random;
  const Clock& clock;
};

// Elastic Load Balancing, query protocol, version 2015-12-01: application load balancers. What they
// are to do is kept here; who carries it out hears of changes on `change_topic`.
aws::Service make_service(const Parts& parts);

}  // namespace everseal::elbv2
