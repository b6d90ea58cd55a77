#pragma once

#include "aws/endpoint/service.h"

// What Everseal offers beyond AWS's services. AWS JSON 1.1, signing name "everseal".
namespace everseal::control {

class VirtualTime;

// `time` is null where the clock is the real one; what is given must outlive the service.
aws::Service make_service(VirtualTime* time);

}  // namespace everseal::control
