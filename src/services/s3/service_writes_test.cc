#include "services/s3/service_writes.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "jobs/migrations.h"
#include "services/s3/bucket_access.h"
#include "services/s3/bucket_store.h"
#include "services/s3/memory_storage.h"
#include "services/s3/migrations.h"
#include "services/s3/object_reader.h"
#include "services/s3/operations/get_object_attributes.h"
#include "services/s3/operations/put_object_acl.h"
#include "services/s3/outside_deliveries.h"
#include "sql/sqlite/open.h"

namespace everseal::s3 {
namespace {

const std::string ca = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1";

// As the documentation of Private CA gives it.
std::string policy(
    const std::string& actions =
        R"("s3:PutObject","s3:PutObjectAcl","s3:GetBucketAcl","s3:GetBucketLocation")",
    const std::string& account = "111122223333", const std::string& more = "") {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
         R"("Principal":{"Service":"acm-pca.amazonaws.com"},"Action":[)" +
         actions +
         R"(],"Resource":["arn:aws:s3:::crls","arn:aws:s3:::crls/*"],)"
         R"("Condition":{"StringEquals":{"aws:SourceAccount":")" +
         account + R"(","aws:SourceArn":")" + ca + R"("}}})" + more + "]}";
}

class ServiceWritesTest : public testing::Test {
 protected:
  ServiceWritesTest() {
    if (!sql::migrate(*database, {jobs::migrations(), migrations()}))
      throw std::runtime_error("migrate");
    change([&](sql::Transaction& tx) {
      return add_bucket(tx, {.name = "crls",
                             .account = "111122223333",
                             .region = "eu-west-1",
                             .created_at = clock.now()});
    });
    set(policy());
  }

  template <class Change>
  void change(Change&& work) {
    if (!database->write(work)) throw std::runtime_error("write");
  }
  void set(const std::optional<std::string>& text) {
    change([&](sql::Transaction& tx) { return set_policy(tx, "crls", text); });
  }
  void allow_acls(const PublicAccessBlock& block) {
    change([&](sql::Transaction& tx) {
      auto done = set_ownership(tx, "crls", Ownership::BucketOwnerPreferred);
      return done ? set_public_access_block(tx, "crls", block) : done;
    });
  }
  std::string check(const ServiceWrite& wanted) {
    const auto fine = writes.check(wanted);
    return fine ? "allowed" : std::string(fine.error().code) + ": " + fine.error().message;
  }
  std::unique_ptr<PendingObject> pending(std::string_view text) {
    auto object = *writes.begin(write);
    if (!object->append(as_bytes(text)) || !object->finish()) throw std::runtime_error("append");
    return object;
  }
  bool store(PendingObject& object) {
    return database->write([&](sql::Transaction& tx) { return object.store(tx); }).has_value();
  }
  void put(std::string_view text) {
    const auto object = pending(text);
    ASSERT_TRUE(store(*object));
  }
  // What is there, or "nothing".
  std::string get() {
    const auto open = ObjectReader(*database, files).open("crls", "crl/1.crl");
    if (!open) return "damaged";
    if (!*open) return "nothing";
    std::string text;
    Bytes space(1000);
    while (const auto count = (*open)->octets->read(space).value()) {
      text += as_text(ByteView(space).first(count));
    }
    return text;
  }

  ManualClock clock{TimePoint(std::chrono::days(20'000))};
  CountingRandom random;
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  MemoryStorage storage;
  ObjectFiles files{storage, random, log};
  ServiceWrites writes{*database, files, random, clock};
  ServiceWrite write{.service = "acm-pca.amazonaws.com",
                     .source_account = "111122223333",
                     .source_arn = ca,
                     .region = "eu-west-1",
                     .bucket = "crls",
                     .key = "crl/1.crl",
                     .acl = Acl::BucketOwnerFullControl,
                     .content_type = "application/pkix-crl"};
};

TEST_F(ServiceWritesTest, are_allowed_by_the_policy_that_aws_documents) {
  EXPECT_EQ(check(write), "allowed");
}

TEST_F(ServiceWritesTest, want_a_bucket) {
  write.bucket = "other";
  EXPECT_EQ(check(write), "NoSuchBucket: The bucket other does not exist.");
}

TEST_F(ServiceWritesTest, want_a_policy_also_in_their_own_account) {
  set(std::nullopt);
  EXPECT_EQ(check(write),
            "AccessDenied: The bucket crls has no policy that lets acm-pca.amazonaws.com write to "
            "it.");
}

TEST_F(ServiceWritesTest, want_each_action_and_the_refusal_names_the_one_that_is_missing) {
  struct Case {
    std::string actions;
    std::string missing;
  };
  for (const auto& [actions, missing] :
       {Case{R"("s3:PutObject","s3:PutObjectAcl","s3:GetBucketAcl")",
             "s3:GetBucketLocation on arn:aws:s3:::crls for "},
        Case{R"("s3:PutObject","s3:PutObjectAcl","s3:GetBucketLocation")",
             "s3:GetBucketAcl on arn:aws:s3:::crls for "},
        Case{R"("s3:PutObjectAcl","s3:GetBucketAcl","s3:GetBucketLocation")",
             "s3:PutObject on arn:aws:s3:::crls/crl/1.crl for "},
        Case{R"("s3:PutObject","s3:GetBucket*")",
             "s3:PutObjectAcl on arn:aws:s3:::crls/crl/1.crl for "}}) {
    set(policy(actions));
    EXPECT_EQ(check(write),
              "AccessDenied: The policy of the bucket crls does not allow acm-pca.amazonaws.com "
              "the action " +
                  missing + ca + ".");
  }
}

TEST_F(ServiceWritesTest, are_for_the_account_and_the_authority_that_the_policy_names) {
  set(policy(R"("s3:*")", "444455556666"));
  EXPECT_TRUE(
      check(write).starts_with("AccessDenied: The policy of the bucket crls does not allow"));
  set(policy(R"("s3:*")"));
  write.source_arn += "2";
  EXPECT_TRUE(
      check(write).starts_with("AccessDenied: The policy of the bucket crls does not allow"));
}

TEST_F(ServiceWritesTest, of_load_balancers_need_one_action_and_older_policies_name_an_account) {
  write.service = "logdelivery.elasticloadbalancing.amazonaws.com";
  write.needs = ServiceWrite::Needs::Put;
  const auto with = [](const std::string& principal, const std::string& effect = "Allow") {
    return R"({"Version":"2012-10-17","Statement":[{"Effect":")" + effect + R"(","Principal":)" +
           principal + R"(,"Action":"s3:PutObject","Resource":"arn:aws:s3:::crls/crl/*"}]})";
  };
  set(with(R"({"Service":"logdelivery.elasticloadbalancing.amazonaws.com"})"));
  EXPECT_EQ(check(write), "allowed");
  write.key = "elsewhere/1";
  EXPECT_TRUE(check(write).starts_with("AccessDenied"));
  write.key = "crl/1.crl";
  set(with(R"({"AWS":"arn:aws:iam::156460612806:root"})"));
  EXPECT_TRUE(check(write).starts_with("AccessDenied"));
  write.account_instead = "156460612806";
  EXPECT_EQ(check(write), "allowed");
  set(with(R"({"AWS":"arn:aws:iam::111122223333:root"})"));
  EXPECT_TRUE(check(write).starts_with("AccessDenied"));
  set(with(R"("*")", "Deny"));
  EXPECT_TRUE(check(write).starts_with("AccessDenied"));
}

TEST_F(ServiceWritesTest, say_when_the_policy_denies_them) {
  set(policy(R"("s3:*")", "111122223333",
             R"(,{"Effect":"Deny","Principal":"*","Action":"s3:PutObject",)"
             R"("Resource":"arn:aws:s3:::crls/crl/*"})"));
  EXPECT_EQ(check(write),
            "AccessDenied: The policy of the bucket crls denies acm-pca.amazonaws.com the action "
            "s3:PutObject on arn:aws:s3:::crls/crl/1.crl for " +
                ca + ".");
}

TEST_F(ServiceWritesTest, open_objects_only_where_acls_count_and_are_not_blocked) {
  write.acl = Acl::PublicRead;
  EXPECT_EQ(check(write),
            "AccessControlListNotSupported: The bucket crls has the object ownership "
            "BucketOwnerEnforced, which does not take an object with the ACL public-read.");
  allow_acls({.block_public_acls = true});
  EXPECT_EQ(check(write),
            "AccessDenied: Block Public Access (BlockPublicAcls) of the bucket crls refuses an "
            "object with the ACL public-read.");
  allow_acls({});
  EXPECT_EQ(check(write), "allowed");
}

TEST_F(ServiceWritesTest, are_there_with_the_transaction_that_stored_them) {
  const auto object = pending("the first");
  EXPECT_EQ(get(), "nothing");
  ASSERT_TRUE(store(*object));
  EXPECT_EQ(get(), "the first");
  const auto open = ObjectReader(*database, files).open("crls", "crl/1.crl");
  EXPECT_EQ((*open)->size, 9U);
  EXPECT_EQ((*open)->content_type, "application/pkix-crl");
  EXPECT_EQ((*open)->modified_at, clock.now());
  EXPECT_TRUE((*open)->etag.ends_with("-1"));
}

TEST_F(ServiceWritesTest, take_the_place_of_the_object_before_and_of_its_file) {
  put("the first");
  const auto before = ObjectReader(*database, files).open("crls", "crl/1.crl").value()->etag;
  put("the second");
  EXPECT_EQ(get(), "the second");
  EXPECT_NE(ObjectReader(*database, files).open("crls", "crl/1.crl").value()->etag, before);
  EXPECT_EQ(storage.size(), 1U);
}

TEST_F(ServiceWritesTest, leave_nothing_when_the_transaction_does_not_commit) {
  put("the first");
  {
    const auto object = pending("the second");
    const auto undone = database->write([&](sql::Transaction& tx) -> Outcome {
      if (!object->store(tx)) throw std::runtime_error("store");
      return Fault::conflict("a newer one is there");
    });
    EXPECT_FALSE(undone);
  }
  EXPECT_EQ(get(), "the first");
  EXPECT_EQ(storage.size(), 1U);
}

TEST_F(ServiceWritesTest, leave_nothing_when_they_are_not_stored) {
  {
    const auto object = pending("half");
  }
  {
    const auto object = *writes.begin(write);
    ASSERT_TRUE(object->append(as_bytes("half")));
    EXPECT_FALSE(store(*object));
  }
  EXPECT_EQ(get(), "nothing");
  EXPECT_EQ(storage.size(), 0U);
}

TEST_F(ServiceWritesTest, are_refused_at_the_end_if_the_policy_went_away_meanwhile) {
  const auto object = pending("the first");
  set(std::nullopt);
  EXPECT_FALSE(store(*object));
  EXPECT_EQ(get(), "nothing");
}

TEST_F(ServiceWritesTest, keep_the_version_before_where_the_bucket_keeps_versions) {
  change([&](sql::Transaction& tx) {
    return set_versioning(tx, "crls", Bucket::Versioning::Enabled);
  });
  put("the first");
  put("the second");
  EXPECT_EQ(get(), "the second");
  EXPECT_EQ(storage.size(), 2U);
}

// Everybody may do everything.
class Open final : public aws::endpoint::Authorizer {
 public:
  Result<std::optional<aws::endpoint::Denial>> authorize(const aws::Call&, std::string_view,
                                                         const aws::Access&) const override {
    return std::optional<aws::endpoint::Denial>();
  }
};

TEST_F(ServiceWritesTest, go_outside_again_when_their_acl_changes) {
  allow_acls({});
  put("a list");
  change([](sql::Transaction& tx) -> Outcome {
    const auto added = tx.run("INSERT INTO s3_outside (bucket) VALUES ('crls')");
    if (!added) return added.error();
    return {};
  });
  const Open everybody;
  const PutObjectAcl set_acl{*database, everybody, clock};
  ASSERT_TRUE(set_acl({.bucket = "crls",
                       .key = "crl/1.crl",
                       .version_id = {},
                       .headers = {{"x-amz-acl", "private"}},
                       .body = {}},
                      {}));
  const auto promised = database->read(
      [](sql::Snapshot& view) { return view.one("SELECT kind, key FROM jobs_job"); });
  ASSERT_TRUE(promised && *promised);
  EXPECT_EQ((*promised)->text(0), OutsideDeliveries::job_kind);
  EXPECT_EQ((*promised)->text(1), "crls/crl/1.crl");
}

TEST_F(ServiceWritesTest, list_no_parts_after_a_marker_far_behind_the_last) {
  put("a list");
  change([](sql::Transaction& tx) -> Outcome {
    const auto changed = tx.run("UPDATE s3_object SET part_count = 1");
    if (!changed) return changed.error();
    return {};
  });
  const Open everybody;
  const GetObjectAttributes attributes{*database, everybody};
  const auto got = attributes({.bucket = "crls",
                               .key = "crl/1.crl",
                               .version_id = {},
                               .headers = {{"x-amz-object-attributes", "ObjectParts"},
                                           {"x-amz-part-number-marker", "9223372036854775807"}}},
                              {});
  ASSERT_TRUE(got && got->parts);
  EXPECT_TRUE(got->parts->parts.empty());
  EXPECT_FALSE(got->parts->is_truncated);
}

TEST_F(ServiceWritesTest, are_not_tried_outside_again_and_again_if_no_service_can_take_them) {
  put("a list");
  change([](sql::Transaction& tx) -> Outcome {
    const auto changed = tx.run("UPDATE s3_object SET size = 5368709121");
    if (!changed) return changed.error();
    return {};
  });
  const OutsideBucket outside{.name = "crls",
                              .endpoint = "http://127.0.0.1:1",
                              .region = "eu-west-1",
                              .bucket = "there",
                              .credentials_file = "/nowhere",
                              .ca_file = {}};
  OutsideDeliveries deliveries({outside}, *database, files, clock, clock, log);
  const auto verdict = deliveries.deliver({.kind = std::string(OutsideDeliveries::job_kind),
                                           .key = "crls/crl/1.crl",
                                           .payload = {},
                                           .due = clock.now(),
                                           .attempt = 1});
  ASSERT_TRUE(verdict) << verdict.error().cause;
  EXPECT_FALSE(verdict->next());
}

TEST(OutgoingHeaders, open_to_everybody_only_what_is_open_here) {
  OpenObject object;
  object.headers = {{"content-type", "application/pkix-crl"}};
  object.acl = Acl::PublicRead;
  BucketAccess rules{.account = "111122223333", .ownership = Ownership::ObjectWriter};
  EXPECT_EQ(outgoing_headers(object, rules).at("x-amz-acl"), "public-read");
  rules.block.ignore_public_acls = true;
  EXPECT_EQ(outgoing_headers(object, rules), object.headers);
  object.acl = Acl::BucketOwnerFullControl;
  EXPECT_EQ(outgoing_headers(object, rules).at("x-amz-acl"), "bucket-owner-full-control");
}

}  // namespace
}  // namespace everseal::s3
