#include "services/acmpca/model/errors.h"

#include <fmt/format.h>

namespace everseal::acmpca {
namespace {

constexpr int bad_request = 400;
constexpr std::string_view invalid_request_code = "InvalidRequestException";
constexpr std::string_view already_processed = "RequestAlreadyProcessedException";

std::string permission_error(std::string_view bucket, std::string_view cause) {
  return fmt::format(
      "Permission error with your S3 bucket '{}'. Check that your bucket policy, encryption "
      "settings, S3 Block Public Access settings, and global account permissions are configured "
      "correctly. For more information, check the service documentation. The cause is: {}.",
      bucket, cause);
}

ApiError invalid_state(std::string message) {
  return {"InvalidStateException", bad_request, std::move(message)};
}

ApiError not_found(std::string message) {
  return {"ResourceNotFoundException", bad_request, std::move(message)};
}

}  // namespace

ApiError not_a_valid_arn() { return {"InvalidArnException", bad_request, "Not a valid arn."}; }

ApiError no_such_authority(std::string_view arn) {
  return not_found(fmt::format("Could not find certificate authority {}.", arn));
}

ApiError no_such_certificate(std::string_view arn) {
  return not_found(fmt::format("Could not find certificate {}.", arn));
}

ApiError no_such_permission(std::string_view principal) {
  return not_found(fmt::format("Could not find a permission for the principal {}.", principal));
}

ApiError no_such_bulk_revocation(std::string_view arn) {
  return not_found(fmt::format("The certificates of {} were never revoked all at once.", arn));
}

ApiError no_such_report(std::string_view id) {
  return not_found(fmt::format("Could not find audit report {}.", id));
}

ApiError no_such_bucket(std::string_view bucket) {
  return not_found(fmt::format("Could not find the S3 bucket {}.", bucket));
}

ApiError cannot_issue_now() {
  return invalid_state(
      "The certificate authority is not in a valid state for issuing certificates");
}

ApiError cannot_be_deleted_now() {
  return invalid_state("The certificate authority is not in a valid state for deletion.");
}

ApiError cannot_be_restored_now(std::string_view arn) {
  return invalid_state(
      fmt::format("The certificate authority {} is not in a valid state for restoration.", arn));
}

ApiError cannot_change_status_now(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to have its status updated.", arn));
}

ApiError cannot_import_now(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to have a certificate imported.",
      arn));
}

ApiError cannot_grant_now(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to have permissions changed.",
      arn));
}

ApiError cannot_revoke_now(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to revoke certificates.", arn));
}

ApiError cannot_report_now(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to create audit reports.", arn));
}

ApiError is_deleted(std::string_view arn) {
  return invalid_state(fmt::format("The certificate authority {} has been deleted.", arn));
}

ApiError has_no_csr(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to have a certificate signing "
      "request.",
      arn));
}

ApiError has_no_certificate(std::string_view arn) { return has_no_csr(arn); }

ApiError has_issued_nothing(std::string_view arn) {
  return invalid_state(fmt::format(
      "The certificate authority {} is not in the correct state to have issued certificates.",
      arn));
}

ApiError not_ready_yet(std::string_view arn) {
  return {"RequestInProgressException", bad_request,
          fmt::format("The request for {} is still being processed.", arn)};
}

ApiError reported_lately(std::string_view arn, std::chrono::minutes interval) {
  return {"RequestInProgressException", bad_request,
          fmt::format("An audit report of {} was created less than {} minutes ago.", arn,
                      interval.count())};
}

ApiError already_revoked(std::string_view certificate_arn) {
  return {already_processed, bad_request,
          fmt::format("The certificate {} has already been revoked.", certificate_arn)};
}

bool is_invalid_request(const ApiError& error) { return error.code == invalid_request_code; }

bool is_already_revoked(const ApiError& error) { return error.code == already_processed; }

ApiError too_many_authorities(std::size_t quota) {
  return {"LimitExceededException", bad_request,
          fmt::format("You have reached the quota of {} certificate authorities.", quota)};
}

ApiError too_many_certificates(std::string_view arn) {
  return {"LimitExceededException", bad_request,
          fmt::format("The certificate authority {} has issued as many certificates as it may with "
                      "CRLs of this type.",
                      arn)};
}

ApiError changed_meanwhile(std::string_view arn) {
  return {"ConcurrentModificationException", bad_request,
          fmt::format("The certificate authority {} was changed by another request.", arn)};
}

ApiError invalid_args(std::string message) {
  return {"InvalidArgsException", bad_request, std::move(message)};
}

ApiError invalid_request(std::string message) {
  return {invalid_request_code, bad_request, std::move(message)};
}

ApiError invalid_tag(std::string message) {
  return {"InvalidTagException", bad_request, std::move(message)};
}

ApiError invalid_next_token() {
  return {"InvalidNextTokenException", bad_request, "The token is not valid."};
}

ApiError too_many_tags(std::size_t quota) {
  return {"TooManyTagsException", bad_request,
          fmt::format("A certificate authority can have at most {} tags.", quota)};
}

ApiError malformed_csr(std::string message) {
  return {"MalformedCSRException", bad_request, std::move(message)};
}

ApiError malformed_certificate(std::string message) {
  return {"MalformedCertificateException", bad_request, std::move(message)};
}

ApiError certificate_mismatch(std::string message) {
  return {"CertificateMismatchException", bad_request, std::move(message)};
}

ApiError permission_already_exists(std::string_view principal) {
  return {"PermissionAlreadyExistsException", bad_request,
          fmt::format("A permission for the principal {} already exists.", principal)};
}

ApiError validation_failed(std::string message) {
  return {"ValidationException", bad_request, std::move(message)};
}

ApiError bucket_refused(std::string_view bucket, std::string_view cause) {
  return validation_failed(permission_error(bucket, cause));
}

ApiError report_bucket_refused(std::string_view bucket, std::string_view cause) {
  return invalid_args(permission_error(bucket, cause));
}

}  // namespace everseal::acmpca
