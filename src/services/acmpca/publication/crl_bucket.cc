#include "services/acmpca/publication/crl_bucket.h"

#include "services/acmpca/crl/location.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

ObjectSink::Target target_of(const Authority& authority, const CrlConfiguration& crl,
                             const aws::Call& call) {
  const auto acl = crl.s3_object_acl.value_or(ObjectAcl::PublicRead);
  const bool is_private = acl == ObjectAcl::BucketOwnerFullControl;
  return {.authority_arn = authority.arn.text(),
          .account = std::string(authority.arn.account()),
          .region = std::string(authority.arn.region()),
          .bucket = crl_location(authority.arn, crl, "").bucket,
          .key = std::string(permission_test_key) + (is_private ? "-private" : ""),
          .acl = acl,
          .content_type = "text/plain",
          .caller = &call};
}

Outcome write(sql::Database& database, ObjectSink& sink, const ObjectSink::Target& target) {
  if (const auto allowed = sink.check(target); !allowed) return allowed;
  const auto object = sink.begin(target);
  if (!object) return object.error();
  if (const auto done = (*object)->append(as_bytes(permission_test_text)); !done) return done;
  if (const auto done = (*object)->finish(); !done) return done;
  return database.write([&](sql::Transaction& tx) { return (*object)->store(tx); });
}

}  // namespace

Result<void, ApiError> try_crl_bucket(sql::Database& database, ObjectSink& sink,
                                      const Authority& authority, const aws::Call& call) {
  const auto& crl = authority.revocation.crl_configuration;
  if (!crl || !crl->enabled) return {};
  const auto target = target_of(authority, *crl, call);
  const auto written = write(database, sink, target);
  if (written) return {};
  if (written.error().kind == Fault::Kind::Conflict)
    return bucket_refused(target.bucket, written.error().cause);
  return written.error();
}

}  // namespace everseal::acmpca
