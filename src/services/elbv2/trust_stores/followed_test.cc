#include <gtest/gtest.h>

#include "services/elbv2/trust_stores/content_links.h"
#include "services/elbv2/trust_stores/operations/modify_trust_store.h"
#include "services/elbv2/trust_stores/tagging.h"
#include "services/elbv2/trust_stores/test_world.h"

namespace everseal::elbv2::trust_stores {
namespace {

const std::string ca_arn =
    "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/"
    "11111111-2222-3333-4444-555555555555";

struct Followers : testing::Test, World {
  Followers() {
    cas.all[ca_arn] = {
        .number = 7, .version = 1, .revoked = 0, .certificate = to_bytes(first.der())};
  }
  const x509::Certificate first = ca("Devices");
  Result<shapes::TrustStores, ApiError> follow(const std::string& arn = ca_arn) {
    return try_create("bound", "no file is asked for", {{std::string(ca_tag), arn}});
  }
  std::string followed_arn() { return need(follow()).trust_stores.at(0).trust_store_arn; }
  TrustStoreFacts facts(const std::string& arn) {
    return need(database->read([&](sql::Snapshot& view) { return reader.facts(view, arn); }))
        .value();
  }
};

TEST_F(Followers, have_the_certificate_and_the_revocations_of_their_ca) {
  cas.serials = {"0c", "0a"};
  const auto made = need(follow()).trust_stores.at(0);
  EXPECT_EQ(made.number_of_ca_certificates, 1);
  EXPECT_EQ(made.total_revoked_entries, 2);
  EXPECT_EQ(described(made.trust_store_arn).total_revoked_entries, 2);
  EXPECT_EQ(to_text(facts(made.trust_store_arn).bundle), first.pem());
  EXPECT_EQ(revoked(made.trust_store_arn),
            (std::vector{shown("Devices", "0a"), shown("Devices", "0c")}));
}

TEST_F(Followers, know_at_once_what_their_ca_revokes) {
  const auto arn = followed_arn();
  std::vector<std::int64_t> heard;
  const auto subscription = reader.on_change([&](std::int64_t told) { heard.push_back(told); });
  const auto before = facts(arn);
  cas.revoke("0a1b");
  EXPECT_EQ(heard, std::vector{Reader::any_follower});
  EXPECT_EQ(facts(arn).version, before.version);
  EXPECT_EQ(facts(arn).revoked_by_ca, before.revoked_by_ca + 1);
  EXPECT_EQ(revoked(arn), std::vector{shown("Devices", "0a1b")});
}

TEST_F(Followers, tell_what_their_ca_revoked_since_somebody_looked) {
  const auto arn = followed_arn();
  cas.serials = {"0b", "0d", "0c"};
  const auto since = [&](std::int64_t known) {
    std::vector<std::string> found;
    need(database->read([&](sql::Snapshot& view) {
      return reader.newly_revoked_by_ca(view, arn, known, [&](const RevokedEntry& entry) {
        found.push_back(encoding::to_hex(entry.serial));
        return true;
      });
    }));
    return found;
  };
  EXPECT_EQ(since(0), (std::vector<std::string>{"0b", "0c", "0d"}));
  EXPECT_EQ(since(1), (std::vector<std::string>{"0c", "0d"}));
  EXPECT_TRUE(since(3).empty());
}

TEST_F(Followers, unite_crls_that_are_added_with_what_their_ca_revokes) {
  const auto arn = followed_arn();
  cas.serials = {"0b", "0a"};
  add(arn, crl_of("Devices", {"0a", "0c"}));
  EXPECT_EQ(revoked(arn),
            (std::vector{shown("Devices", "0a"), shown("Devices", "0b"), shown("Devices", "0c")}));
  EXPECT_EQ(described(arn).total_revoked_entries, 4);
}

TEST_F(Followers, have_the_new_certificate_when_their_ca_has) {
  const auto arn = followed_arn();
  const auto before = facts(arn).version;
  const auto renewed = ca("Renewed");
  cas.all[ca_arn].certificate = to_bytes(renewed.der());
  cas.all[ca_arn].version = 2;
  EXPECT_EQ(to_text(facts(arn).bundle), renewed.pem());
  EXPECT_GT(facts(arn).version, before);
}

TEST_F(Followers, keep_the_first_certificate_when_their_ca_is_gone) {
  const auto arn = followed_arn();
  cas.all.clear();
  EXPECT_EQ(to_text(facts(arn).bundle), first.pem());
  EXPECT_TRUE(revoked(arn).empty());
}

TEST_F(Followers, follow_a_ca_of_their_account_and_region) {
  EXPECT_EQ(code_of(follow("arn:aws:iam::111122223333:user/x")), "ValidationError");
  call.region = "eu-central-1";
  EXPECT_EQ(code_of(follow()), "ValidationError");
  call.region = "eu-west-1";
  cas.all.clear();
  EXPECT_EQ(code_of(follow()), "ValidationError");
}

TEST_F(Followers, are_made_by_whoever_may_see_the_certificate_of_the_ca) {
  const CreateTrustStore create{*database, random, clock, buckets, settings, followed};
  const auto access = create.access({"bound", "b", "k", {}, {{std::string(ca_tag), ca_arn}}}, call);
  ASSERT_EQ(access.also.size(), 2U);
  EXPECT_EQ(access.also[0].action, "elasticloadbalancing:AddTags");
  EXPECT_EQ(access.also[0].resources, access.resources);
  EXPECT_EQ(access.also[0].context.back().first, "elasticloadbalancing:CreateAction");
  EXPECT_EQ(access.also[0].context.back().second, std::vector<std::string>{"CreateTrustStore"});
  EXPECT_EQ(access.also[1].action, "acm-pca:GetCertificateAuthorityCertificate");
  EXPECT_EQ(access.also[1].resources, std::vector{ca_arn});
}

TEST_F(Followers, stay_what_they_were_made) {
  const auto bound = followed_arn();
  const auto plain = create();
  const std::string key(ca_tag);
  const auto change = [&](auto&& work) {
    return code_of(database->write(std::forward<decltype(work)>(work)));
  };
  const auto tag = [&](const std::string& arn, const aws::Tags& tags) {
    return change([&](sql::Transaction& tx) { return change_tags(tx, arn, tags); });
  };
  const auto untag = [&](const std::string& arn) {
    return change([&](sql::Transaction& tx) { return remove_tags(tx, arn, {"team", key}); });
  };
  EXPECT_EQ(tag(bound, {{"team", "edge"}, {key, ca_arn}}), "(none)");
  EXPECT_EQ(tag(bound, {{"team", "core"}, {key, ca_arn + "0"}}), "ValidationError");
  EXPECT_EQ(tag(plain, {{key, ca_arn}}), "ValidationError");
  EXPECT_EQ(untag(bound), "ValidationError");
  EXPECT_EQ(untag(plain), "(none)");
}

TEST_F(Followers, cannot_be_given_another_bundle) {
  const ModifyTrustStore modify{*database, clock, buckets, settings};
  EXPECT_EQ(code_of(modify({followed_arn(), "pki", "ca.pem", {}}, call)), "ValidationError");
}

}  // namespace
}  // namespace everseal::elbv2::trust_stores
