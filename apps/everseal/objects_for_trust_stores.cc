#include "objects_for_trust_stores.h"

#include <utility>

#include "services/s3/values/bucket_name.h"

namespace everseal::app {

Result<elbv2::trust_stores::ObjectSource::Found, ApiError> ObjectsForTrustStores::read(
    const aws::Call& call, const Place& place, std::uint64_t most) {
  const auto action = place.version ? "s3:GetObjectVersion" : "s3:GetObject";
  auto denied =
      authorizer_.authorize(call, action, aws::on(s3::object_arn(place.bucket, place.key)));
  if (!denied) return denied.error();
  if (*denied) return Found{.kind = Found::Kind::Denied, .denial = std::move((*denied)->message)};
  const auto object = reader_.open(place.bucket, place.key, place.version);
  if (!object) return object.error();
  if (!*object) return Found{.kind = Found::Kind::Missing};
  if ((*object)->size > most) return Found{.kind = Found::Kind::TooLong};
  auto octets = s3::read_all(**object);
  if (!octets) return octets.error();
  return Found{.kind = Found::Kind::Object, .octets = *std::move(octets)};
}

}  // namespace everseal::app
