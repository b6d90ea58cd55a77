#include "services/s3/operations/create_bucket.h"

#include "services/s3/bucket_access.h"
#include "services/s3/bucket_store.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view first_region = "us-east-1";  // which has no constraint of its own

// Where the bucket is made.
Result<std::string, ApiError> region_for(const std::optional<std::string>& constraint,
                                         const std::string& signed_for) {
  if (!constraint || constraint->empty()) {
    if (signed_for != first_region) return illegal_location("");
    return signed_for;
  }
  const auto wanted = *constraint == "EU" ? "eu-west-1" : *constraint;
  if (wanted == first_region) return invalid_location();
  if (signed_for != first_region && wanted != signed_for) return illegal_location(wanted);
  return wanted;
}

Result<void, ApiError> check_wishes(const HeaderMap& headers) {
  const auto acl = headers.find("x-amz-acl");
  if (acl != headers.end() && acl->second != "private") return acl_not_supported();
  const auto lock = headers.find("x-amz-bucket-object-lock-enabled");
  if (lock != headers.end() && lock->second != "false") return not_implemented(lock->first);
  return {};
}

Result<Ownership, ApiError> wanted_ownership(const HeaderMap& headers) {
  const auto named = headers.find("x-amz-object-ownership");
  if (named == headers.end()) return Ownership::BucketOwnerEnforced;
  const auto ownership = ownership_in(named->second);
  if (!ownership) return invalid_argument(named->first, named->second, "Invalid ObjectOwnership");
  return *ownership;
}

ApiError taken(const Bucket& by, const aws::Call& call) {
  return by.account == call.caller.account ? bucket_is_yours() : bucket_exists();
}

}  // namespace

aws::Access CreateBucket::access(const Request& request, const aws::Call&) const {
  return aws::on(bucket_arn(request.bucket));
}

Result<CreateBucket::Response, ApiError> CreateBucket::operator()(const Request& request,
                                                                  const aws::Call& call) const {
  if (!is_bucket_name(request.bucket)) return invalid_bucket_name(request.bucket);
  if (auto fine = check_wishes(request.headers); !fine) return fine.error();
  const auto ownership = wanted_ownership(request.headers);
  if (!ownership) return ownership.error();
  if (call.caller.account.empty()) return access_denied();
  const auto region =
      region_for(request.configuration ? request.configuration->location_constraint : std::nullopt,
                 call.region);
  if (!region) return region.error();
  const Bucket bucket{.name = request.bucket,
                      .account = call.caller.account,
                      .region = *region,
                      .created_at = clock.now()};
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto found = find_bucket(tx, bucket.name);
    if (!found) return found.error();
    const Response made{
        {{"Location", "/" + bucket.name}, {"x-amz-bucket-arn", bucket_arn(bucket.name)}}};
    if (*found) {
      const bool is_again = (*found)->account == bucket.account && (*found)->region == first_region;
      if (is_again && call.region == first_region) return made;
      return taken(**found, call);
    }
    if (auto added = add_bucket(tx, bucket); !added) return added.error();
    if (auto set = set_ownership(tx, bucket.name, *ownership); !set) return set.error();
    return made;
  });
}

}  // namespace everseal::s3
