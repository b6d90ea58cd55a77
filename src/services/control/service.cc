#include "services/control/service.h"

#include "services/control/operations/advance_clock.h"

namespace everseal::control {

aws::Service make_service(VirtualTime* time) {
  aws::Service service{{.name = "everseal",
                        .signing_name = "everseal",
                        .protocol = aws::protocol::Protocol::AwsJson11,
                        .target_prefix = "Everseal.",
                        .api_version = "2026-01-01"}};
  service.add(AdvanceClock{time});
  return service;
}

}  // namespace everseal::control
