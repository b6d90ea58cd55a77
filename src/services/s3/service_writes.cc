#include "services/s3/service_writes.h"

#include <utility>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/policy/evaluate.h"
#include "services/s3/bucket_access.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/bucket_store.h"
#include "services/s3/outside_deliveries.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/visibility.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Checked = Result<void, ApiError>;

// A service by its own principal; it belongs to no account.
aws::Call call_of(const ServiceWrite& write) {
  aws::Call call;
  call.caller.kind = aws::Caller::Kind::Service;
  call.caller.arn = write.service;
  call.region = write.region;
  call.secure_transport = true;
  return call;
}

// The account that policies of before there was the principal name.
aws::Call call_of_account(const ServiceWrite& write) {
  aws::Call call = call_of(write);
  call.caller.kind = aws::Caller::Kind::Root;
  call.caller.account = write.account_instead;
  call.caller.arn = call.caller.principal_arn = "arn:aws:iam::" + write.account_instead + ":root";
  return call;
}

aws::Access access_of(const ServiceWrite& write) {
  return {.context = {{"aws:SourceAccount", {write.source_account}},
                      {"aws:SourceArn", {write.source_arn}},
                      {"s3:x-amz-acl", {std::string(text_of(write.acl))}}}};
}

ApiError no_bucket(const ServiceWrite& write) {
  auto error = no_such_bucket(write.bucket);
  error.message = "The bucket " + write.bucket + " does not exist.";
  return error;
}

ApiError no_policy(const ServiceWrite& write) {
  auto error = access_denied();
  error.message =
      "The bucket " + write.bucket + " has no policy that lets " + write.service + " write to it.";
  return error;
}

ApiError not_allowed(const ServiceWrite& write, const aws::policy::Request& request,
                     const aws::policy::Decision& decision) {
  const bool denied = decision.outcome == aws::policy::Decision::Outcome::ExplicitlyDenied;
  auto error = access_denied();
  error.message = "The policy of the bucket " + write.bucket +
                  (denied ? " denies " : " does not allow ") + write.service + " the action " +
                  std::string(request.action) + " on " + std::string(request.resource) + " for " +
                  write.source_arn + ".";
  return error;
}

Checked check_with_acl(const ServiceWrite& write, const BucketAccess& rules) {
  auto fine = check_acl(write.acl, rules);
  if (fine) return fine;
  auto error = fine.error();
  const std::string acl = " an object with the ACL " + std::string(text_of(write.acl)) + ".";
  error.message = rules.ownership == Ownership::BucketOwnerEnforced
                      ? "The bucket " + write.bucket +
                            " has the object ownership BucketOwnerEnforced, which " +
                            "does not take" + acl
                      : "Block Public Access (BlockPublicAcls) of the bucket " + write.bucket +
                            " refuses" + acl;
  return error;
}

Checked check_policy(const ServiceWrite& write, const aws::policy::Policy& policy,
                     const aws::Call& call) {
  struct Needed {
    std::string_view action;
    std::string resource;
  };
  const auto bucket = bucket_arn(write.bucket);
  const auto object = object_arn(write.bucket, write.key);
  std::vector<Needed> all{{"s3:PutObject", object}};
  if (write.needs == ServiceWrite::Needs::PutAndAcls) {
    all = {{"s3:GetBucketLocation", bucket},
           {"s3:GetBucketAcl", bucket},
           {"s3:PutObject", object},
           {"s3:PutObjectAcl", object}};
  }
  const auto access = access_of(write);
  const aws::policy::Context context(call, access);
  for (const auto& [action, resource] : all) {
    const aws::policy::Request request{action, resource, context};
    const auto decision =
        aws::policy::evaluate(request, {.resource = &policy, .resource_must_allow = true});
    if (!decision) return decision.error();
    if (!decision->allowed()) return not_allowed(write, request, *decision);
  }
  return {};
}

// The object, and the version it takes the place of if there are no versions.
Object new_object(const ServiceWrite& write, const NewFile& file, std::string id) {
  Object object{.id = std::move(id), .bucket = write.bucket, .key = write.key};
  object.etag = file.name() + "-1";
  object.acl = write.acl;
  object.headers = {{"content-type", write.content_type}};
  return object;
}

}  // namespace

struct PendingObject::Ending {
  bool is_stored = false;
  Replaced replaced;
};

PendingObject::PendingObject(ObjectFiles& files, const Clock& clock, ServiceWrite write,
                             Object object, std::string new_version, std::unique_ptr<NewFile> file)
    : files_(files),
      clock_(clock),
      write_(std::move(write)),
      object_(std::move(object)),
      new_version_(std::move(new_version)),
      file_(std::move(file)),
      ending_(std::make_shared<Ending>()) {}

PendingObject::~PendingObject() {
  if (!ending_->is_stored) return;
  file_->keep();
  files_.remove(ending_->replaced);
}

Outcome PendingObject::append(ByteView octets) { return file_->append(octets); }

Outcome PendingObject::finish() {
  auto published = file_->publish();
  is_finished_ = published.has_value();
  return published;
}

Result<void, ApiError> PendingObject::store(sql::Transaction& tx) {
  if (!is_finished_) return ApiError(Fault::broken("an object was stored that is not finished"));
  if (auto fine = ServiceWrites::check(tx, write_); !fine) return fine;
  const auto bucket = find_bucket(tx, write_.bucket);
  if (!bucket) return bucket.error();
  const bool keeps_versions = (*bucket)->versioning == Bucket::Versioning::Enabled;
  object_.version_id = keeps_versions ? new_version_ : std::string(null_version);
  object_.size = file_->size();
  object_.modified_at = clock_.now();
  const FileRow file{
      .id = file_->name(), .size = file_->size(), .modified_at = object_.modified_at};
  auto replaced = put_object(tx, object_, {file});
  if (!replaced) return replaced.error();
  const auto promised = promise_delivery(tx, object_.bucket, object_.key, object_.modified_at);
  if (!promised) return promised.error();
  tx.after_commit([ending = ending_, files = *std::move(replaced)] {
    ending->replaced = files;
    ending->is_stored = true;
  });
  return {};
}

Result<void, ApiError> ServiceWrites::check(sql::Snapshot& view, const ServiceWrite& write) {
  if (auto fine = check_key(write.key); !fine) return fine;
  const auto rules = find_access(view, write.bucket);
  if (!rules) return rules.error();
  if (!*rules) return no_bucket(write);
  if (auto fine = check_with_acl(write, **rules); !fine) return fine;
  if (!(*rules)->policy) return no_policy(write);
  const auto policy = read_policy(*(*rules)->policy, write.bucket);
  if (!policy) return policy.error();
  auto fine = check_policy(write, *policy->rules, call_of(write));
  if (fine || write.account_instead.empty()) return fine;
  return check_policy(write, *policy->rules, call_of_account(write)) ? Checked() : fine;
}

Result<void, ApiError> ServiceWrites::check(const ServiceWrite& write) const {
  return database_.read([&](sql::Snapshot& view) { return check(view, write); });
}

Result<std::unique_ptr<PendingObject>, ApiError> ServiceWrites::begin(const ServiceWrite& write) {
  if (auto fine = check(write); !fine) return fine.error();
  auto file = files_.create();
  if (!file) return file.error();
  auto object = new_object(write, **file, new_id(random_));
  return std::unique_ptr<PendingObject>(new PendingObject(files_, clock_, write, std::move(object),
                                                          new_id(random_), *std::move(file)));
}

}  // namespace everseal::s3
