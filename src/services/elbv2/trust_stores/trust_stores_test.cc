#include <gtest/gtest.h>

#include "services/elbv2/trust_stores/content_links.h"
#include "services/elbv2/trust_stores/operations/delete_shared_trust_store_association.h"
#include "services/elbv2/trust_stores/operations/delete_trust_store.h"
#include "services/elbv2/trust_stores/operations/describe_trust_store_associations.h"
#include "services/elbv2/trust_stores/operations/get_resource_policy.h"
#include "services/elbv2/trust_stores/operations/get_trust_store_ca_certificates_bundle.h"
#include "services/elbv2/trust_stores/operations/get_trust_store_revocation_content.h"
#include "services/elbv2/trust_stores/operations/modify_trust_store.h"
#include "services/elbv2/trust_stores/test_world.h"

namespace everseal::elbv2::trust_stores {
namespace {

const std::string unknown =
    "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/no/0123456789abcdef";

struct TrustStores : testing::Test, World {
  Result<shapes::TrustStores, ApiError> describe(DescribeTrustStores::Request request) {
    return DescribeTrustStores{*database, followed}(request, call);
  }
  Result<shapes::TrustStores, ApiError> modify(const std::string& arn, const std::string& key) {
    return ModifyTrustStore{*database, clock, buckets, settings}({arn, "pki", key, {}}, call);
  }
  Result<shapes::Done, ApiError> remove_store(const std::string& arn) {
    return DeleteTrustStore{*database, &listeners}({arn}, call);
  }
  Result<DescribeTrustStoreAssociations::Response, ApiError> users(
      const std::string& arn, std::optional<std::string> marker = {},
      std::optional<std::int64_t> size = {}) {
    return DescribeTrustStoreAssociations{*database, &listeners}({arn, std::move(marker), size},
                                                                 call);
  }
  Result<shapes::Done, ApiError> unshare(const std::string& arn, const std::string& listener) {
    return DeleteSharedTrustStoreAssociation{*database, &listeners}({arn, listener}, call);
  }
};

TEST_F(TrustStores, a_store_is_ready_when_answered_and_found_by_arn_and_by_name) {
  const auto made = need(try_create("devices", "two.pem")).trust_stores.at(0);
  EXPECT_EQ(made.status, shapes::Status::Active);
  EXPECT_EQ(made.number_of_ca_certificates, 2);
  EXPECT_EQ(made.total_revoked_entries, 0);
  EXPECT_TRUE(made.trust_store_arn.starts_with(
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/devices/"));
  EXPECT_EQ(made.trust_store_arn.size() - made.trust_store_arn.rfind('/'), 17U);
  for (const auto& found : {need(describe({{made.trust_store_arn}, {}, {}, {}})),
                            need(describe({{}, {"devices"}, {}, {}})), need(describe({}))}) {
    ASSERT_EQ(found.trust_stores.size(), 1U);
    EXPECT_EQ(found.trust_stores[0].trust_store_arn, made.trust_store_arn);
    EXPECT_EQ(found.trust_stores[0].number_of_ca_certificates, 2);
  }
}

TEST_F(TrustStores, what_becomes_of_the_file_afterwards_changes_nothing) {
  const auto file = buckets.objects["pki/ca.pem"];
  const auto arn = create();
  buckets.objects.clear();
  EXPECT_EQ(described(arn).number_of_ca_certificates, 1);
  const auto facts =
      need(database->read([&](sql::Snapshot& view) { return reader.facts(view, arn); }));
  EXPECT_EQ(to_text(facts.value().bundle), file);
  EXPECT_EQ(facts->version, 1);
}

TEST_F(TrustStores, are_listed_by_name_in_pages) {
  for (const std::string name : {"c", "a", "b"}) create(name);
  const auto first = need(describe({{}, {}, {}, 2}));
  ASSERT_EQ(first.trust_stores.size(), 2U);
  EXPECT_EQ(first.trust_stores[1].name, "b");
  const auto second = need(describe({{}, {}, first.next_marker, 2}));
  ASSERT_EQ(second.trust_stores.size(), 1U);
  EXPECT_EQ(second.trust_stores[0].name, "c");
  EXPECT_EQ(second.next_marker, std::nullopt);
  EXPECT_EQ(code_of(describe({{}, {}, "made-up", 2})), "ValidationError");
}

TEST_F(TrustStores, of_other_accounts_and_regions_are_not_found) {
  const auto arn = create();
  call.region = "eu-central-1";
  EXPECT_EQ(code_of(describe({{arn}, {}, {}, {}})), "TrustStoreNotFound");
  EXPECT_TRUE(need(describe({})).trust_stores.empty());
  call.region = "eu-west-1";
  call.caller.account = "444455556666";
  EXPECT_EQ(code_of(describe({{arn}, {}, {}, {}})), "TrustStoreNotFound");
  EXPECT_EQ(code_of(remove_store(arn)), "TrustStoreNotFound");
  EXPECT_EQ(code_of(modify(arn, "two.pem")), "TrustStoreNotFound");
}

TEST_F(TrustStores, are_asked_for_in_one_way_at_a_time) {
  const auto arn = create();
  EXPECT_EQ(code_of(describe({{arn}, {"devices"}, {}, {}})), "ValidationError");
  EXPECT_EQ(code_of(describe({{}, {"other"}, {}, {}})), "TrustStoreNotFound");
  EXPECT_EQ(
      sentence_of(
          describe({{"arn:aws:acm:eu-west-1:111122223333:certificate/1"}, {}, {}, {}}).error()),
      "ValidationError: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' is not a valid "
      "trust store ARN");
}

TEST_F(TrustStores, a_name_is_taken_once_but_the_same_request_may_come_twice) {
  const auto arn = create();
  EXPECT_EQ(create(), arn);
  EXPECT_EQ(code_of(try_create("devices", "two.pem")), "DuplicateTrustStoreName");
  EXPECT_EQ(code_of(try_create("devices", "ca.pem", {{"team", "pki"}})), "DuplicateTrustStoreName");
}

TEST_F(TrustStores, an_account_has_as_many_as_the_setting_says) {
  settings.stores = 1;
  create("a");
  EXPECT_EQ(code_of(try_create("b")), "TooManyTrustStores");
  call.region = "eu-central-1";
  EXPECT_EQ(code_of(try_create("b")), "(none)");
}

TEST_F(TrustStores, tags_are_fifty_at_most_and_each_key_one) {
  EXPECT_EQ(code_of(try_create("a", "ca.pem", {{"team", "pki"}, {"Team", "ops"}})),
            "DuplicateTagKeys");
  EXPECT_EQ(code_of(try_create("a", "ca.pem", {{"aws:team", "pki"}})), "ValidationError");
  std::vector<shapes::Tag> many;
  for (int n = 0; n < 51; ++n) many.push_back({"key" + std::to_string(n), std::nullopt});
  EXPECT_EQ(code_of(try_create("a", "ca.pem", many)), "TooManyTags");
  many.pop_back();
  EXPECT_EQ(code_of(try_create("a", "ca.pem", many)), "(none)");
}

TEST_F(TrustStores, another_bundle_keeps_arn_and_revocations) {
  const auto arn = create();
  add(arn, crl_of("Devices", {"0a1b"}));
  buckets.objects["pki/other.pem"] = ca("Gates").pem() + ca("Doors").pem();
  const auto modified = need(modify(arn, "other.pem")).trust_stores.at(0);
  EXPECT_EQ(modified.trust_store_arn, arn);
  EXPECT_EQ(modified.number_of_ca_certificates, 2);
  EXPECT_EQ(modified.total_revoked_entries, 1);
  EXPECT_EQ(revoked(arn), std::vector{shown("Devices", "0a1b")});
  EXPECT_EQ(code_of(modify(arn, "none.pem")), "CaCertificatesBundleNotFound");
  EXPECT_EQ(code_of(modify(unknown, "two.pem")), "TrustStoreNotFound");
  EXPECT_EQ(described(arn).number_of_ca_certificates, 2);
}

TEST_F(TrustStores, in_use_cannot_be_deleted) {
  const auto arn = create();
  listeners.all.insert({arn, "listener/1"});
  const auto refused = remove_store(arn);
  EXPECT_EQ(code_of(refused), "TrustStoreInUse");
  EXPECT_NE(refused.error().message.find("is currently in use by a listener"), std::string::npos);
  listeners.all.clear();
  need(remove_store(arn));
  EXPECT_EQ(code_of(remove_store(arn)), "TrustStoreNotFound");
}

TEST_F(TrustStores, deleted_leave_nothing_behind) {
  const auto arn = create();
  add(arn, crl_of("Devices", {"0a1b"}));
  need(remove_store(arn));
  EXPECT_TRUE(revoked(arn).empty());
  const auto rows = need(database->read([](sql::Snapshot& view) {
    return view.one(
        "SELECT (SELECT COUNT(*) FROM elbv2_revocation) + "
        "(SELECT COUNT(*) FROM elbv2_revocation_content) + "
        "(SELECT COUNT(*) FROM elbv2_revoked_serials)");
  }));
  EXPECT_EQ(rows.value().integer(0), 0);
  EXPECT_NE(create(), arn);
}

TEST_F(TrustStores, tell_who_uses_them_in_pages) {
  const auto arn = create();
  listeners.all = {{arn, "listener/1"}, {arn, "listener/2"}, {unknown, "listener/3"}};
  const auto first = need(users(arn, {}, 1));
  ASSERT_EQ(first.associations.size(), 1U);
  EXPECT_EQ(first.associations[0].resource_arn, "listener/1");
  const auto second = need(users(arn, first.next_marker, 1));
  ASSERT_EQ(second.associations.size(), 1U);
  EXPECT_EQ(second.associations[0].resource_arn, "listener/2");
  EXPECT_EQ(second.next_marker, std::nullopt);
  EXPECT_EQ(code_of(users(unknown)), "TrustStoreNotFound");
}

TEST_F(TrustStores, have_no_associations_with_other_accounts) {
  const auto arn = create();
  listeners.all = {{arn, "listener/1"}};
  EXPECT_EQ(code_of(unshare(arn, "listener/1")), "DeleteAssociationSameAccount");
  EXPECT_EQ(code_of(unshare(arn, "listener/2")), "AssociationNotFound");
  EXPECT_EQ(code_of(unshare(unknown, "listener/1")), "TrustStoreNotFound");
}

TEST_F(TrustStores, have_no_resource_policy) {
  const GetResourcePolicy get{*database};
  EXPECT_EQ(need(get({create()}, call)).policy, std::nullopt);
  EXPECT_EQ(code_of(get({unknown}, call)), "ResourceNotFound");
}

struct Links : TrustStores {
  std::string bundle_link(const std::string& arn) {
    return need(GetTrustStoreCaCertificatesBundle{*database, links}({arn}, call)).location;
  }
  Result<shapes::Location, ApiError> crl_link(const std::string& arn, std::int64_t id) {
    return GetTrustStoreRevocationContent{*database, links}({arn, id}, call);
  }
  http::Response get(const std::string& link) {
    return links.answer(
        {.method = "GET", .target = link.substr(std::string("http://here").size())});
  }
  ManualClock wall{x509::testing::noon};
  ContentLinks links{*database, vault, wall, [] { return std::string("http://here"); }, followed};
};

TEST_F(Links, lead_to_the_files_for_ten_minutes) {
  const auto arn = create();
  const auto file = crl_of("Devices", {"0a1b"});
  const auto to_crl = need(crl_link(arn, add(arn, file))).location;
  const auto to_bundle = bundle_link(arn);
  EXPECT_EQ(get(to_bundle).body, buckets.objects["pki/ca.pem"]);
  EXPECT_EQ(get(to_crl).body, file);
  wall.advance(std::chrono::minutes{10});
  EXPECT_EQ(get(to_crl).status, 200);
  wall.advance(std::chrono::milliseconds{1});
  EXPECT_EQ(get(to_crl).status, 403);
  EXPECT_NE(get(to_bundle).body.find("Request has expired"), std::string::npos);
}

TEST_F(Links, cannot_be_made_up) {
  auto link = bundle_link(create());
  auto& last = link.back();
  last = last == '0' ? '1' : '0';
  EXPECT_EQ(get(link).status, 403);
  EXPECT_EQ(get("http://here/.trust-store/").status, 403);
  EXPECT_EQ(get("http://here/.trust-store/1/0/9999999999999").status, 403);
}

TEST_F(Links, to_what_is_gone_lead_nowhere) {
  const auto arn = create();
  const auto id = add(arn, crl_of("Devices", {"0a1b"}));
  const auto link = need(crl_link(arn, id)).location;
  need(remove(arn, {id}));
  EXPECT_EQ(get(link).status, 404);
  EXPECT_EQ(code_of(crl_link(arn, id)), "RevocationIdNotFound");
  EXPECT_EQ(code_of(crl_link(unknown, 1)), "TrustStoreNotFound");
}

}  // namespace
}  // namespace everseal::elbv2::trust_stores
