#include "buckets_for_load_balancers.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace everseal::app {
namespace {

using Region = std::pair<std::string_view, std::string_view>;

// Whom policies of before 2022 name, as the documentation of load balancers still lists them.
constexpr auto log_accounts =
    std::to_array<Region>({{"us-east-1", "127311923021"},      {"us-east-2", "033677994240"},
                           {"us-west-1", "027434742980"},      {"us-west-2", "797873946194"},
                           {"af-south-1", "098369216593"},     {"ap-east-1", "754344448648"},
                           {"ap-southeast-3", "589379963580"}, {"ap-south-1", "718504428378"},
                           {"ap-northeast-3", "383597477331"}, {"ap-northeast-2", "600734575887"},
                           {"ap-southeast-1", "114774131450"}, {"ap-southeast-2", "783225319266"},
                           {"ap-northeast-1", "582318560864"}, {"ca-central-1", "985666609251"},
                           {"eu-central-1", "054676820928"},   {"eu-west-1", "156460612806"},
                           {"eu-west-2", "652711504416"},      {"eu-south-1", "635631232127"},
                           {"eu-west-3", "009996457667"},      {"eu-north-1", "897822967062"},
                           {"me-south-1", "076674570225"},     {"sa-east-1", "507241528517"}});

std::string log_account_in(std::string_view region) {
  const auto found = std::ranges::find(log_accounts, region, &Region::first);
  return found == log_accounts.end() ? std::string() : std::string(found->second);
}

s3::ServiceWrite service_write(const elbv2::LogPlace& place, std::string_view key,
                               std::string_view content_type) {
  return {.service = "logdelivery.elasticloadbalancing.amazonaws.com",
          .source_account = place.account,
          .source_arn = place.load_balancer_arn,
          .region = place.region,
          .bucket = place.bucket,
          .key = std::string(key),
          .content_type = std::string(content_type),
          .needs = s3::ServiceWrite::Needs::Put,
          .account_instead = log_account_in(place.region)};
}

// A refusal is a Conflict with what is there; anything else is a fault from below.
Fault fault_of(const ApiError& error) {
  return error.cause.empty() ? Fault::conflict(error.message) : Fault::unavailable(error.cause);
}

}  // namespace

Outcome BucketsForLoadBalancers::put(const elbv2::LogPlace& place, std::string_view key,
                                     std::string_view content_type, ByteView octets) {
  const auto object = writes_.begin(service_write(place, key, content_type));
  if (!object) return fault_of(object.error());
  if (const auto done = (*object)->append(octets); !done) return done;
  if (const auto done = (*object)->finish(); !done) return done;
  const auto stored = database_.write([&](sql::Transaction& tx) { return (*object)->store(tx); });
  return stored ? Outcome() : Outcome(fault_of(stored.error()));
}

}  // namespace everseal::app
