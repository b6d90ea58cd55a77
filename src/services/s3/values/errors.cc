#include "services/s3/values/errors.h"

#include <utility>

namespace everseal::s3 {
namespace {

using Details = std::vector<std::pair<std::string, std::string>>;

ApiError error(std::string_view code, int status, std::string message, Details details = {}) {
  ApiError made(code, status, std::move(message));
  made.details = std::move(details);
  return made;
}

}  // namespace

ApiError no_such_bucket(std::string_view bucket) {
  return error("NoSuchBucket", 404, "The specified bucket does not exist",
               {{"BucketName", std::string(bucket)}});
}

ApiError no_such_key(std::string_view key) {
  return error("NoSuchKey", 404, "The specified key does not exist.", {{"Key", std::string(key)}});
}

ApiError no_such_version(std::string_view key, std::string_view version_id) {
  return error("NoSuchVersion", 404, "The specified version does not exist.",
               {{"Key", std::string(key)}, {"VersionId", std::string(version_id)}});
}

ApiError no_such_upload(std::string_view upload_id) {
  return error("NoSuchUpload", 404,
               "The specified upload does not exist. The upload ID may be invalid, or the upload "
               "may have been aborted or completed.",
               {{"UploadId", std::string(upload_id)}});
}

ApiError no_such_bucket_policy(std::string_view bucket) {
  return error("NoSuchBucketPolicy", 404, "The bucket policy does not exist",
               {{"BucketName", std::string(bucket)}});
}

ApiError no_such_public_access_block(std::string_view bucket) {
  return error("NoSuchPublicAccessBlockConfiguration", 404,
               "The public access block configuration was not found",
               {{"BucketName", std::string(bucket)}});
}

ApiError bucket_exists() {
  return error("BucketAlreadyExists", 409,
               "The requested bucket name is not available. The bucket namespace is shared by all "
               "users of the system. Please select a different name and try again.");
}

ApiError bucket_is_yours() {
  return error(
      "BucketAlreadyOwnedByYou", 409,
      "Your previous request to create the named bucket succeeded and you already own it.");
}

ApiError bucket_not_empty(std::string_view bucket) {
  return error("BucketNotEmpty", 409,
               "The bucket you tried to delete is not empty. You must delete all versions in the "
               "bucket.",
               {{"BucketName", std::string(bucket)}});
}

ApiError invalid_bucket_name(std::string_view bucket) {
  return error("InvalidBucketName", 400, "The specified bucket is not valid.",
               {{"BucketName", std::string(bucket.substr(0, 255))}});
}

ApiError invalid_location() {
  return error("InvalidLocationConstraint", 400, "The specified location-constraint is not valid");
}

ApiError illegal_location(std::string_view constraint) {
  const auto name = constraint.empty() ? "unspecified" : std::string(constraint.substr(0, 64));
  return error("IllegalLocationConstraintException", 400,
               "The " + name +
                   " location constraint is incompatible for the region specific endpoint this "
                   "request was sent to.");
}

ApiError key_too_long(std::string_view key) {
  return error("KeyTooLongError", 400, "Your key is too long",
               {{"Size", std::to_string(key.size())}, {"MaxSizeAllowed", "1024"}});
}

ApiError invalid_key() { return error("InvalidURI", 400, "Couldn't parse the specified URI."); }

ApiError metadata_too_large(std::size_t size) {
  return error("MetadataTooLarge", 400,
               "Your metadata headers exceed the maximum allowed metadata size",
               {{"Size", std::to_string(size)}, {"MaxSizeAllowed", "2048"}});
}

ApiError entity_too_large(std::uint64_t size) {
  return error("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size",
               {{"ProposedSize", std::to_string(size)}, {"MaxSizeAllowed", "5368709120"}});
}

ApiError entity_too_small(std::uint64_t size) {
  return error("EntityTooSmall", 400,
               "Your proposed upload is smaller than the minimum allowed size",
               {{"ProposedSize", std::to_string(size)}, {"MinSizeAllowed", "5242880"}});
}

ApiError incomplete_body() {
  return error("IncompleteBody", 400,
               "You did not provide the number of bytes specified by the Content-Length HTTP "
               "header");
}

ApiError invalid_digest() {
  return error("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
}

ApiError bad_digest() {
  return error("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
}

ApiError bad_checksum(std::string_view algorithm) {
  return error(
      "BadDigest", 400,
      "The " + std::string(algorithm) + " you specified did not match the calculated checksum.");
}

ApiError invalid_checksum(std::string_view header) {
  return invalid_request("Value for " + std::string(header) + " header is invalid.");
}

ApiError several_checksums() {
  return invalid_request(
      "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
}

ApiError checksum_missing() {
  return invalid_request(
      "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

ApiError invalid_request(std::string message) {
  return error("InvalidRequest", 400, std::move(message));
}

ApiError invalid_argument(std::string_view name, std::string_view value, std::string message) {
  return error(
      "InvalidArgument", 400, std::move(message),
      {{"ArgumentName", std::string(name)}, {"ArgumentValue", std::string(value.substr(0, 255))}});
}

ApiError acl_not_supported() {
  return error("AccessControlListNotSupported", 400, "The bucket does not allow ACLs");
}

ApiError acl_on_enforced_ownership() {
  return error("InvalidBucketAclWithObjectOwnership", 400,
               "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
}

ApiError acl_missing() {
  return error("MissingSecurityHeader", 400, "Your request was missing a required header",
               {{"MissingHeaderName", "x-amz-acl"}});
}

ApiError malformed_acl() {
  return error("MalformedACLError", 400,
               "The XML you provided was not well-formed or did not validate against our published "
               "schema");
}

ApiError unexpected_content() {
  return error("UnexpectedContent", 400, "This request does not support content");
}

ApiError acl_not_kept() {
  return error("NotImplemented", 501,
               "Of ACLs, only private, bucket-owner-full-control and public-read, and grants that "
               "come to one of these, are kept here");
}

ApiError too_many_tags() {
  return error("BadRequest", 400, "Object tags cannot be greater than 10");
}

ApiError invalid_tag(std::string message) { return error("InvalidTag", 400, std::move(message)); }

ApiError malformed_policy(std::string message) {
  return error("MalformedPolicy", 400, std::move(message));
}

ApiError invalid_storage_class() {
  return error("InvalidStorageClass", 400, "The storage class you specified is not valid");
}

ApiError invalid_part() {
  return error("InvalidPart", 400,
               "One or more of the specified parts could not be found.  The part may not have been "
               "uploaded, or the specified entity tag may not match the part's entity tag.");
}

ApiError invalid_part_order() {
  return error("InvalidPartOrder", 400,
               "The list of parts was not in ascending order. Parts must be ordered by part "
               "number.");
}

ApiError malformed_xml() {
  return error("MalformedXML", 400,
               "The XML you provided was not well-formed or did not validate against our published "
               "schema");
}

ApiError precondition_failed(std::string_view condition) {
  return error("PreconditionFailed", 412,
               "At least one of the pre-conditions you specified did not hold",
               {{"Condition", std::string(condition)}});
}

ApiError invalid_range(std::string_view range, std::uint64_t size) {
  return error(
      "InvalidRange", 416, "The requested range is not satisfiable",
      {{"RangeRequested", std::string(range)}, {"ActualObjectSize", std::to_string(size)}});
}

ApiError not_implemented(std::string_view header) {
  return error("NotImplemented", 501,
               "A header you provided implies functionality that is not implemented",
               {{"Header", std::string(header)}});
}

ApiError access_denied() { return error("AccessDenied", 403, "Access Denied"); }

ApiError public_acl_blocked() {
  return error("AccessDenied", 403,
               "Public access control lists (ACLs) are blocked by the BlockPublicAcls block public "
               "access setting.");
}

ApiError public_policy_blocked(std::string_view caller, std::string_view bucket_arn) {
  return error("AccessDenied", 403,
               "User: " + std::string(caller) +
                   " is not authorized to perform: s3:PutBucketPolicy on resource: " +
                   std::string(bucket_arn) +
                   " because public policies are prevented by the BlockPublicPolicy setting in S3 "
                   "Block Public Access.");
}

ApiError method_not_allowed(std::string_view method, std::string_view resource) {
  return error("MethodNotAllowed", 405,
               "The specified method is not allowed against this resource.",
               {{"Method", std::string(method)}, {"ResourceType", std::string(resource)}});
}

}  // namespace everseal::s3
