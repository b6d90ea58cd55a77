#include "issuance/crl.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "issuance/testing/test_ca.h"
#include "issuance/testing/test_crl.h"
#include "x509/crl.h"

namespace everseal::issuance {
namespace {

using crypto::KeyAlgorithm;
using testing::at;
using testing::CrlMaker;
using testing::noon;
using testing::runs_of;
using testing::some_entries;
using testing::TestCa;

std::string cause_of(const auto& result) { return result ? "" : result.error().cause; }

TEST(SignCrl, writes_a_crl_that_says_what_was_ordered) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  maker.order.number = 1'519'676'905'984;
  maker.order.distribution_point = "http://crl.example.com/crl/1.crl";
  const auto made = maker.sign(runs_of({some_entries(2), some_entries(1)}));
  ASSERT_TRUE(made) << cause_of(made);
  const auto crl = x509::Crl::parse(maker.der);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_TRUE(x509::verify_crl(*crl, ca.certificate.public_key_info()));
  EXPECT_EQ(crl->issuer(), ca.certificate.subject());
  EXPECT_EQ(crl->this_update(), maker.order.this_update);
  EXPECT_EQ(crl->next_update(), maker.order.next_update);
  EXPECT_EQ(crl->number()->small(), 1'519'676'905'984U);
  EXPECT_TRUE(std::ranges::equal(crl->tbs().authority_key->key_id.value(), ca.issuer.key_id()));
  EXPECT_EQ(crl->tbs().distribution_point->uris().at(0), "http://crl.example.com/crl/1.crl");
  EXPECT_EQ(crl->entries().size(), 3U);
}

TEST(SignCrl, answers_what_the_log_must_know) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  const auto made = maker.sign(runs_of({some_entries(130)})).value();
  EXPECT_EQ(made.digest, crypto::sha256(maker.der));
  EXPECT_EQ(made.octets, maker.der.size());
  EXPECT_EQ(made.entries, 130U);
}

TEST(SignCrl, signs_with_every_key_and_digest_and_however_long_the_signature_is) {
  for (const auto key :
       {KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Rsa2048}) {
    TestCa ca = TestCa::root(key);
    for (const auto digest : {crypto::DigestAlgorithm::Sha256, crypto::DigestAlgorithm::Sha384,
                              crypto::DigestAlgorithm::Sha512}) {
      CrlMaker maker{ca};
      maker.order.signature_algorithm = signature_with(family_of(key), digest);
      for (int round = 0; round < 20; ++round) {
        ASSERT_TRUE(maker.sign(runs_of({some_entries(3)})));
        const auto crl = x509::Crl::parse(maker.der).value();
        ASSERT_TRUE(x509::verify_crl(crl, ca.certificate.public_key_info()));
      }
    }
  }
}

TEST(SignCrl, does_not_care_how_entries_are_cut_into_runs) {
  TestCa ca = TestCa::root(KeyAlgorithm::Rsa2048);
  CrlMaker in_one{ca};
  CrlMaker in_many{ca};
  const Bytes run = some_entries(300);
  std::vector<Bytes> runs(1);
  const auto entries = x509::CrlEntries::parse(run).value();
  for (const auto& entry : entries) {
    runs.emplace_back(entry.der.begin(), entry.der.end());
  }
  ASSERT_TRUE(in_one.sign(runs_of({run})));
  ASSERT_TRUE(in_many.sign(runs_of(runs)));
  EXPECT_EQ(in_one.der, in_many.der);
}

TEST(SignCrl, without_entries_leaves_the_list_out) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  ASSERT_TRUE(maker.sign(CrlRuns{}));
  const auto crl = x509::Crl::parse(maker.der);
  ASSERT_TRUE(crl) << cause_of(crl);
  EXPECT_TRUE(crl->entries().empty());
}

TEST(SignCrl, makes_a_delta_that_starts_from_an_older_one) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  maker.order.number = 9;
  maker.order.base_number = 7;
  ASSERT_TRUE(maker.sign(runs_of({some_entries(1, x509::CrlReason::RemoveFromCrl)})));
  EXPECT_EQ(x509::Crl::parse(maker.der).value().tbs().delta->base.small(), 7U);
  maker.order.base_number = 9;
  EXPECT_FALSE(maker.sign(CrlRuns{}));
}

TEST(SignCrl, reaches_beyond_2049_but_not_beyond_9999) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  maker.order.this_update = at("2049-12-31T23:00:00Z");
  maker.order.next_update = at("2050-01-07T23:00:00Z");
  ASSERT_TRUE(maker.sign(runs_of({some_entries(1)})));
  EXPECT_EQ(x509::Crl::parse(maker.der).value().next_update(), maker.order.next_update);
  maker.order.next_update = at("9999-12-31T23:59:59Z") + std::chrono::seconds(1);
  EXPECT_NE(cause_of(maker.sign(CrlRuns{})).find("9999"), std::string::npos);
}

// ---- Refusals: the sink has seen nothing.

struct Refused {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};

  void expect(const CrlRuns& runs, std::string_view what) {
    const auto made = maker.sign(runs);
    ASSERT_FALSE(made) << what;
    EXPECT_EQ(made.error().kind, Fault::Kind::Broken);
    EXPECT_NE(made.error().cause.find(what), std::string::npos) << made.error().cause;
    EXPECT_TRUE(maker.der.empty());
  }
};

TEST(SignCrl, refuses_what_would_break_a_rule) {
  Refused test;
  auto& order = test.maker.order;
  const CrlOrder good = order;
  order.next_update = order.this_update;
  test.expect({}, "nextUpdate is not after thisUpdate (RFC 5280, 5.1.2.5)");
  order = good;
  order.number = 0;
  test.expect({}, "the CRL number is 0");
  order = good;
  order.distribution_point = "crl/1.crl";
  test.expect({}, "crl/1.crl is not an absolute URI");
  order = good;
  test.expect(runs_of({some_entries(1, x509::CrlReason::RemoveFromCrl)}), "removeFromCRL");
}

TEST(SignCrl, refuses_entries_that_are_damaged_or_not_as_many_as_announced) {
  Refused test;
  Bytes damaged = some_entries(3);
  damaged[0] = 0x31;
  test.expect(runs_of({some_entries(2), damaged}), "a run of CRL entries: octet 0");
  Bytes cut = some_entries(2);
  cut.pop_back();
  test.expect(runs_of({cut, some_entries(1)}), "cut off");
  auto more = runs_of({some_entries(2)});
  more.octets += 1;
  test.expect(more, "another length");
  more.octets = 0;
  test.expect(more, "another length");
}

TEST(SignCrl, refuses_an_algorithm_of_the_other_family) {
  Refused test;
  test.maker.order.signature_algorithm = crypto::SignatureAlgorithm::Sha256WithRsa;
  test.expect({}, "does not suit the key");
}

TEST(SignCrl, needs_a_certificate_that_allows_it) {
  TestCa ca = TestCa::root();
  const auto order = CrlMaker{ca}.order;
  const auto sink = [](ByteView) { return Outcome(); };
  EXPECT_FALSE(sign_crl(Issuer::without_certificate(ca.applying.key), order, {}, sink));
  TestCa leaf_as_issuer = [&] {
    const testing::Applying applying;
    const auto csr = applying.request("leaf.corp.internal");
    auto certificate = ca.issue("EndEntityCertificate", csr).value();
    return TestCa::from(applying, std::move(certificate), {}, {});
  }();
  EXPECT_FALSE(leaf_as_issuer.issuer.may_sign_crls());
  const auto refused = sign_crl(leaf_as_issuer.issuer, order, {}, sink);
  EXPECT_NE(cause_of(refused).find("lets it sign CRLs"), std::string::npos);
  EXPECT_TRUE(ca.issuer.may_sign_crls());
}

// ---- What fails on the way

TEST(SignCrl, answers_what_the_sink_or_the_runs_fail_with) {
  TestCa ca = TestCa::root();
  const auto order = CrlMaker{ca}.order;
  const auto runs = runs_of({some_entries(3)});
  for (int step = 0; step < 5; ++step) {
    int left = step;
    const auto full = sign_crl(ca.issuer, order, runs, [&](ByteView) -> Outcome {
      if (left-- > 0) return {};
      return Fault::unavailable("the disk is full");
    });
    ASSERT_FALSE(full) << step;
    EXPECT_EQ(full.error().kind, Fault::Kind::Unavailable);
    EXPECT_EQ(full.error().cause, "the disk is full");
  }
  for (int asked = 0; asked < 2; ++asked) {
    int left = asked;
    const CrlRuns lost{runs.octets, [&](const OctetSink& use) -> Outcome {
                         if (left-- > 0) return runs.replay(use);
                         return Fault::unavailable("the database is gone");
                       }};
    const auto failed = sign_crl(ca.issuer, order, lost, [](ByteView) { return Outcome(); });
    EXPECT_EQ(cause_of(failed), "the database is gone");
  }
}

TEST(SignCrl, notices_that_the_entries_changed_while_it_was_signed) {
  TestCa ca = TestCa::root();
  CrlMaker maker{ca};
  const Bytes before = some_entries(3);
  Bytes after = before;
  after[6] ^= 1;  // another serial
  for (const auto& then : {after, some_entries(2), some_entries(4)}) {
    int asked = 0;
    const CrlRuns changing{before.size(),
                           [&](const OctetSink& use) { return use(asked++ == 0 ? before : then); }};
    EXPECT_NE(cause_of(maker.sign(changing)).find("changed while"), std::string::npos);
  }
}

// A device that lies.
class WrongKey final : public keys::SigningKey {
 public:
  explicit WrongKey(const Bytes& claimed) : claimed_(claimed) {}
  crypto::KeyAlgorithm algorithm() const override { return KeyAlgorithm::P256; }
  const Bytes& public_key_info() const override { return claimed_; }
  Result<Bytes> sign(crypto::SignatureAlgorithm algorithm, ByteView message) const override {
    return key_.sign(algorithm, message);
  }
  Result<Bytes> sign_digest(crypto::SignatureAlgorithm algorithm, ByteView digest) const override {
    return key_.sign_digest(algorithm, digest);
  }

 private:
  Bytes claimed_;
  crypto::PrivateKey key_ = crypto::PrivateKey::generate(KeyAlgorithm::P256).value();
};

TEST(SignCrl, does_not_hand_out_a_signature_that_does_not_verify) {
  TestCa ca = TestCa::root();
  const auto issuer =
      Issuer::make(ca.certificate, {},
                   std::make_shared<const WrongKey>(ca.applying.key->public_key_info()))
          .value();
  std::size_t seen = 0;
  const auto made = sign_crl(issuer, CrlMaker{ca}.order, {}, [&](ByteView octets) {
    seen += octets.size();
    return Outcome();
  });
  EXPECT_NE(cause_of(made).find("not its own"), std::string::npos);
  EXPECT_EQ(seen, 0U);
}

}  // namespace
}  // namespace everseal::issuance
