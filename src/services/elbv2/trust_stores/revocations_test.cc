#include <gtest/gtest.h>

#include <chrono>

#include "services/elbv2/trust_stores/operations/delete_trust_store.h"
#include "services/elbv2/trust_stores/operations/describe_trust_store_revocations.h"
#include "services/elbv2/trust_stores/operations/modify_trust_store.h"
#include "services/elbv2/trust_stores/test_world.h"

namespace everseal::elbv2::trust_stores {
namespace {

using x509::testing::the_key;

struct Revocations : testing::Test, World {
  Result<shapes::TrustStoreRevocations, ApiError> describe(
      DescribeTrustStoreRevocations::Request request) {
    return DescribeTrustStoreRevocations{*database}(request, call);
  }
  std::vector<std::int64_t> ids(const std::string& of) {
    std::vector<std::int64_t> all;
    for (const auto& one : need(describe({of, {}, {}, {}})).trust_store_revocations) {
      all.push_back(one.revocation_id);
    }
    return all;
  }
  const std::string arn = create("devices", "two.pem");
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Revocations, are_counted_by_file_and_together) {
  EXPECT_EQ(add(arn, crl_of("Devices", {"0a", "0b", "0c"})), 1);
  EXPECT_EQ(add(arn, crl_of("Gates", {"0a"})), 2);
  EXPECT_EQ(described(arn).total_revoked_entries, 4);
  const auto all = need(describe({arn, {}, {}, {}})).trust_store_revocations;
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].number_of_revoked_entries, 3);
  EXPECT_EQ(all[0].trust_store_arn, arn);
  EXPECT_EQ(all[1].number_of_revoked_entries, 1);
}

TEST_F(Revocations, have_ids_that_grow_and_are_never_given_again) {
  const auto crl = crl_of("Devices", {"0a"});
  for (std::int64_t id = 1; id <= 3; ++id) EXPECT_EQ(add(arn, crl), id);
  need(remove(arn, {2, 3}));
  EXPECT_EQ(ids(arn), std::vector<std::int64_t>{1});
  EXPECT_EQ(add(arn, crl), 4);
  need(remove(arn, {1, 4}));
  EXPECT_EQ(described(arn).total_revoked_entries, 0);
  EXPECT_EQ(add(arn, crl), 5);
}

TEST_F(Revocations, of_several_files_are_added_all_or_none) {
  buckets.objects["pki/a.crl"] = crl_of("Devices", {"0a"});
  buckets.objects["pki/b.crl"] = crl_of("Gates", {"0b", "0c"});
  const auto added = need(try_add(arn, {"a.crl", "b.crl"})).trust_store_revocations;
  ASSERT_EQ(added.size(), 2U);
  EXPECT_EQ(added[1].revocation_id, 2);
  EXPECT_EQ(added[1].number_of_revoked_entries, 2);
  EXPECT_EQ(code_of(try_add(arn, {"a.crl", "none.crl"})), "RevocationContentNotFound");
  EXPECT_EQ(ids(arn), (std::vector<std::int64_t>{1, 2}));
}

TEST_F(Revocations, are_removed_all_or_none) {
  for (int n = 0; n < 2; ++n) add(arn, crl_of("Devices", {"0a"}));
  EXPECT_EQ(sentence_of(remove(arn, {1, 7}).error()),
            "RevocationIdNotFound: Revocation ID '7' not found");
  EXPECT_EQ(ids(arn), (std::vector<std::int64_t>{1, 2}));
  need(remove(arn, {1, 1}));
  EXPECT_EQ(ids(arn), std::vector<std::int64_t>{2});
  EXPECT_EQ(code_of(remove(arn, {})), "ValidationError");
}

TEST_F(Revocations, are_described_by_id_and_in_pages) {
  for (int n = 0; n < 12; ++n) add(arn, crl_of("Devices", {"0a"}));
  EXPECT_EQ(need(describe({arn, {3}, {}, {}})).trust_store_revocations.at(0).revocation_id, 3);
  EXPECT_EQ(code_of(describe({arn, {3, 99}, {}, {}})), "RevocationIdNotFound");
  const auto first = need(describe({arn, {}, {}, 10}));
  EXPECT_EQ(first.trust_store_revocations.back().revocation_id, 10);
  const auto second = need(describe({arn, {}, first.next_marker, 10}));
  ASSERT_EQ(second.trust_store_revocations.size(), 2U);
  EXPECT_EQ(second.trust_store_revocations[1].revocation_id, 12);
  EXPECT_EQ(second.next_marker, std::nullopt);
}

TEST_F(Revocations, are_within_the_quotas) {
  settings.revoked_entries = 3;
  add(arn, crl_of("Devices", {"0a", "0b"}));
  EXPECT_TRUE(
      has(refusal(arn, crl_of("Devices", {"0a", "0b"})), "TooManyTrustStoreRevocationEntries"));
  EXPECT_TRUE(has(refusal(arn, crl_of("Devices", {"0a", "0b", "0c", "0d"})),
                  "TooManyTrustStoreRevocationEntries"));
  settings.revocation_lists = 1;
  EXPECT_TRUE(has(refusal(arn, crl_of("Devices", {"0a"})), "more than 1 revocation files"));
  EXPECT_EQ(ids(arn), std::vector<std::int64_t>{1});
  EXPECT_EQ(code_of(try_add(arn, {})), "ValidationError");
}

TEST_F(Revocations, of_more_files_than_there_can_be_are_refused_before_one_is_read) {
  settings.revocation_lists = 2;
  buckets.reads = 0;
  EXPECT_EQ(code_of(try_add(arn, {"a.crl", "b.crl", "c.crl"})),
            "TooManyTrustStoreRevocationEntries");
  EXPECT_EQ(buckets.reads, 0);
  EXPECT_EQ(code_of(try_add(arn, {"a.crl", "b.crl"})), "RevocationContentNotFound");
}

TEST_F(Revocations, of_one_issuer_are_united) {
  add(arn, crl_of("Devices", {"0c", "0a", "01ff"}));
  const auto second = add(arn, crl_of("Devices", {"0b", "0c", "0a"}));
  const std::vector all{shown("Devices", "0a"), shown("Devices", "0b"), shown("Devices", "0c"),
                        shown("Devices", "01ff")};
  EXPECT_EQ(revoked(arn), all);
  need(remove(arn, {1}));
  EXPECT_EQ(revoked(arn), std::vector(all.begin(), all.end() - 1));
  need(remove(arn, {second}));
  EXPECT_TRUE(revoked(arn).empty());
}

TEST_F(Revocations, of_two_issuers_stand_apart) {
  add(arn, crl_of("Devices", {"0a"}));
  add(arn, crl_of("Gates", {"0a"}));
  auto expected = std::vector{shown("Devices", "0a"), shown("Gates", "0a")};
  std::ranges::sort(expected);
  EXPECT_EQ(revoked(arn), expected);
}

TEST_F(Revocations, fill_many_pieces) {
  constexpr std::size_t count = 30'000;  // of 9 octets each
  auto crl = draft_crl("Devices", {});
  crl.run = x509::testing::entries(count);
  add(arn, crl_pem(crl.der(the_key())));
  std::size_t visited = 0;
  Bytes last;
  need(database->read([&](sql::Snapshot& view) {
    return reader.revoked_entries(view, arn, [&](const RevokedEntry& entry) {
      EXPECT_TRUE(std::ranges::lexicographical_compare(last, entry.serial));
      last = to_bytes(entry.serial);
      ++visited;
      return true;
    });
  }));
  EXPECT_EQ(visited, count);
  EXPECT_EQ(encoding::to_hex(last), "1100000000007530");
}

TEST_F(Revocations, are_read_until_enough) {
  add(arn, crl_of("Devices", {"0a", "0b"}));
  int visited = 0;
  need(database->read([&](sql::Snapshot& view) {
    return reader.revoked_entries(view, arn, [&](const RevokedEntry&) {
      ++visited;
      return false;
    });
  }));
  EXPECT_EQ(visited, 1);
}

TEST_F(Revocations, of_an_empty_crl_are_none) {
  EXPECT_EQ(add(arn, crl_of("Devices", {})), 1);
  EXPECT_EQ(described(arn).total_revoked_entries, 0);
  EXPECT_TRUE(revoked(arn).empty());
}

TEST_F(Revocations, of_an_outdated_crl_are_taken) {
  auto crl = draft_crl("Devices", {"0a"});
  crl.next_update = x509::testing::noon;
  clock.advance(std::chrono::days{400});
  add(arn, crl_pem(crl.der(the_key())));
  const auto facts =
      need(database->read([&](sql::Snapshot& view) { return reader.facts(view, arn); }));
  EXPECT_EQ(facts->revocations.at(0).next_update, x509::testing::noon);
  EXPECT_EQ(facts->revocations.at(0).issuer,
            to_bytes(x509::testing::organization("Devices").der()));
}

TEST_F(Revocations, that_are_der_or_without_armour_are_told_how_to_be_converted) {
  const auto der = draft_crl("Devices", {"0a", "0b", "0c"}).der(the_key());
  EXPECT_EQ(refusal(arn, to_text(der)),
            "InvalidRevocationContent: The file is in DER encoding, and must be PEM. Convert it "
            "with: openssl crl -inform DER -in file.der -outform PEM -out file.pem");
  auto base64 = crl_pem(der);
  base64.erase(0, base64.find('\n') + 1);
  base64.resize(base64.find("-----END"));
  EXPECT_TRUE(has(refusal(arn, base64), "base64 -d file > file.der && openssl crl -inform DER"));
  EXPECT_TRUE(has(refusal(arn, ""), "is empty"));
  EXPECT_TRUE(has(refusal(arn, "hello"), "is not PEM"));
}

TEST_F(Revocations, are_one_crl_a_file) {
  const auto crl = crl_of("Devices", {"0a"});
  EXPECT_EQ(refusal(arn, crl + crl),
            "InvalidRevocationContent: More than one CRL objects in the revocation file");
  EXPECT_TRUE(has(refusal(arn, ca("Devices").pem()), "a block 'CERTIFICATE'"));
  EXPECT_TRUE(has(refusal(arn, crl.substr(0, crl.size() / 2)), "is not PEM"));
}

TEST_F(Revocations, whose_crl_is_damaged_are_refused) {
  EXPECT_TRUE(has(refusal(arn, crl_pem(Bytes{0x30, 0x00})), "The CRL cannot be used"));
  EXPECT_TRUE(has(refusal(arn, crl_pem(draft_crl("Devices", {"0a"}).der())),
                  "The signature of the CRL cannot be verified with the key of 'O=Devices'"));
}

TEST_F(Revocations, signed_by_another_key_are_refused) {
  const auto other = x509::testing::new_key();
  EXPECT_TRUE(has(refusal(arn, crl_pem(draft_crl("Devices", {"0a"}).der(other))),
                  "InvalidRevocationContent: The signature"));
}

TEST_F(Revocations, of_an_issuer_that_is_not_in_the_bundle_are_refused) {
  EXPECT_EQ(refusal(arn, crl_of("Doors", {"0a"})),
            "InvalidRevocationContent: The issuer of the CRL, 'O=Doors', is not among the CA "
            "certificates of the trust store");
}

TEST_F(Revocations, of_an_issuer_that_is_not_in_the_bundle_are_taken_where_the_setting_says_so) {
  settings.takes_foreign_crls = true;
  add(arn, crl_of("Doors", {"0a"}));
  EXPECT_EQ(revoked(arn), std::vector{shown("Doors", "0a")});
  const auto other = x509::testing::new_key();
  EXPECT_TRUE(has(refusal(arn, crl_pem(draft_crl("Devices", {"0a"}).der(other))), "signature"));
}

TEST_F(Revocations, of_a_ca_that_may_not_sign_crls_are_refused) {
  using x509::KeyUsageBit;
  const auto signs_certificates = x509::testing::ca_with(
      {to_extension(x509::KeyUsage::of({KeyUsageBit::KeyCertSign}), x509::Criticality::Critical)});
  const auto own =
      need(create_of(ca("Certs", signs_certificates).pem())).trust_stores.at(0).trust_store_arn;
  EXPECT_TRUE(has(refusal(own, crl_of("Certs", {"0a"})), "does not allow it to sign CRLs"));
}

TEST_F(Revocations, of_delta_crls_are_refused) {
  auto delta = draft_crl("Devices", {"0a"});
  delta.base_number = 3;
  EXPECT_TRUE(has(refusal(arn, crl_pem(delta.der(the_key()))), "is a delta CRL"));
}

TEST_F(Revocations, of_a_ca_with_two_keys_are_checked_with_both) {
  const auto second = x509::testing::new_key();
  const x509::testing::Draft draft{.subject = "Devices",
                                   .issuer = "Devices",
                                   .extensions = of_ca(),
                                   .key = second,
                                   .issuer_key = second};
  const auto own = need(create_of(ca("Devices").pem() + draft.signed_certificate().pem()))
                       .trust_stores.at(0)
                       .trust_store_arn;
  add(own, crl_pem(draft_crl("Devices", {"0a"}).der(second)));
  add(own, crl_pem(draft_crl("Devices", {"0b"}).der(the_key())));
  EXPECT_EQ(revoked(own).size(), 2U);
}

TEST_F(Revocations, that_change_are_told_once_they_are_durable) {
  std::vector<std::int64_t> heard;
  const auto number =
      need(database->read([&](sql::Snapshot& view) { return reader.facts(view, arn); }))->number;
  const auto subscription = reader.on_change([&](std::int64_t told) { heard.push_back(told); });
  add(arn, crl_of("Devices", {"0a"}));
  EXPECT_EQ(heard, std::vector{number});
  EXPECT_TRUE(has(refusal(arn, "hello"), "Invalid"));
  EXPECT_EQ(heard.size(), 1U);
  need(remove(arn, {1}));
  need(ModifyTrustStore{*database, clock, buckets, settings}({arn, "pki", "ca.pem", {}}, call));
  need(DeleteTrustStore{*database, nullptr}({arn}, call));
  EXPECT_EQ(heard, std::vector(4, number));
}

}  // namespace
}  // namespace everseal::elbv2::trust_stores
