#pragma once

#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/bucket_hosts.h"
#include "aws/sigv4/verifier.h"
#include "clock/clock.h"
#include "log/log.h"
#include "random/random.h"

namespace everseal::aws::endpoint {

// What the endpoint works with; outlives it.
struct Surroundings {
  const sigv4::Verifier& verifier;
  const Authorizer& authorizer;
  const Clock& clock;  // the domain's: Call::received_at
  Random& random;      // request ids
  Log& log;
  BucketHosts bucket_hosts{};
};

}  // namespace everseal::aws::endpoint
