#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "encoding/base64.h"
#include "encoding/percent.h"
#include "issuance/ocsp/test_responder.h"
#include "issuance/ocsp/transfer.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_oids.h"
#include "x509/ocsp_request.h"

namespace everseal::issuance::ocsp {
namespace {

using namespace testing;
using std::chrono::hours;
using std::chrono::seconds;
using x509::OcspGood;
using x509::OcspHash;
using x509::OcspResponse;
using x509::OcspUnknown;
namespace oids = x509::oids;

// ---- The responder's certificate

TEST(ResponderCertificate, is_for_answering_and_nothing_else) {
  const auto at = TestResponder::make();
  const auto& extensions = at.certificate.extensions();
  EXPECT_EQ(at.certificate.subject().text(), "CN=OCSP Responder,C=US");
  EXPECT_EQ((*extensions.get<x509::ExtendedKeyUsage>())->purposes, std::vector{oids::kOcspSigning});
  EXPECT_TRUE(extensions.find(oids::kExtendedKeyUsage)->critical);
  EXPECT_EQ(**extensions.get<x509::KeyUsage>(),
            x509::KeyUsage::of({x509::KeyUsageBit::DigitalSignature}));
  EXPECT_FALSE((*extensions.get<x509::BasicConstraints>())->ca);
}

TEST(ResponderCertificate, is_not_to_be_checked_for_revocation) {
  auto ca = TestCa::root(crypto::KeyAlgorithm::P256, {.crl_uri = "http://crl.example/a.crl",
                                                      .ocsp_uri = "http://ocsp.example"});
  const auto certificate = TestResponder::issue(ca, Applying());
  const auto* no_check = certificate.extensions().find(oids::kOcspNoCheck);
  ASSERT_NE(no_check, nullptr);
  EXPECT_EQ(no_check->value, (Bytes{0x05, 0x00}));
  EXPECT_FALSE(no_check->critical);
  EXPECT_FALSE(certificate.extensions().contains(oids::kCrlDistributionPoints));
  EXPECT_FALSE(certificate.extensions().contains(oids::kAuthorityInfoAccess));
}

TEST(ResponderCertificate, lasts_as_long_as_was_asked_but_not_beyond_what_the_ca_allows) {
  auto ca = TestCa::root();
  EXPECT_EQ(TestResponder::issue(ca, Applying()).validity().not_after, noon + hours(24 * 30));
  EXPECT_EQ(TestResponder::issue(ca, Applying(), std::chrono::years(100)).validity().not_after,
            ca.certificate.validity().not_after);
  ca.issuer.limit_validity(std::chrono::days(7));
  EXPECT_EQ(TestResponder::issue(ca, Applying()).validity().not_after, noon + hours(24 * 7));
}

TEST(ResponderCertificate, is_renewed_in_the_middle_of_its_life) {
  EXPECT_EQ(renewal_due({noon, noon + hours(48)}), noon + hours(24));
}

// ---- Answers

TEST(Responder, signs_what_a_relying_party_believes) {
  const auto at = TestResponder::make();
  const std::vector<Known> known{{at.id("0a"), OcspGood{}},
                                 {at.id("0b"), revoked_for(x509::CrlReason::KeyCompromise)},
                                 {at.id("0c", OcspHash::Sha256), OcspUnknown{}}};
  const Bytes nonce(32, 7);
  const auto response = OcspResponse::parse(at.responder.answer(known, at.day(), nonce).value());
  ASSERT_TRUE(response) << response.error().cause;
  const auto believed = x509::verify_ocsp_response(*response, at.ca.certificate, noon);
  EXPECT_TRUE(believed) << believed.error().cause;
  EXPECT_EQ(to_bytes(response->data().nonce()), nonce);
  ASSERT_EQ(response->data().singles().size(), 3U);
  for (const auto& [id, status] : known) {
    EXPECT_EQ(response->data().find(id)->status, status);
    EXPECT_EQ(response->data().find(id)->this_update, noon);
    EXPECT_EQ(response->data().find(id)->next_update, noon + hours(24));
  }
}

TEST(Responder, may_be_the_ca_itself) {
  const auto ca = TestCa::root(crypto::KeyAlgorithm::P384);
  const auto responder =
      Responder::authority(ca.certificate, ca.applying.key, ca.algorithm()).value();
  const Known known{{responder.issuer(OcspHash::Sha1), x509::SerialNumber::parse("0a").value()},
                    OcspGood{}};
  const auto answer = responder.answer({&known, 1}, responder.window(noon, hours(1))).value();
  const auto response = OcspResponse::parse(answer).value();
  EXPECT_TRUE(response.certificates().empty());
  EXPECT_TRUE(x509::verify_ocsp_response(response, ca.certificate, noon));
}

TEST(Responder, is_not_made_of_what_the_ca_did_not_delegate) {
  auto ca = TestCa::root();
  const Applying applying;
  const auto other_purpose = ca.issue("EndEntityCertificate", applying.request("a")).value();
  auto other_ca = TestCa::root();
  const auto of_another_ca = TestResponder::issue(other_ca, applying);
  const auto right = TestResponder::issue(ca, applying);
  const auto how = ca.algorithm();
  EXPECT_TRUE(Responder::delegated(ca.certificate, right, applying.key, how));
  EXPECT_FALSE(Responder::delegated(ca.certificate, other_purpose, applying.key, how));
  EXPECT_FALSE(Responder::delegated(ca.certificate, of_another_ca, applying.key, how));
  EXPECT_FALSE(Responder::delegated(ca.certificate, right, Applying().key, how));
  EXPECT_FALSE(Responder::authority(ca.certificate, applying.key, how));
}

TEST(Responder, answers_within_the_time_of_its_certificate_only) {
  const auto at = TestResponder::make();
  const TimePoint end = at.certificate.validity().not_after;
  const Known known{at.id("0a"), OcspGood{}};
  EXPECT_EQ(at.responder.window(noon + std::chrono::milliseconds(999), hours(1)),
            (Window{noon, noon + hours(1)}));
  EXPECT_EQ(at.responder.window(end - hours(1), hours(24)), (Window{end - hours(1), end}));
  EXPECT_TRUE(at.responder.answer({&known, 1}, {end - hours(1), end}));
  EXPECT_FALSE(at.responder.answer({&known, 1}, {end - hours(1), end + seconds(1)}));
  EXPECT_FALSE(at.responder.answer({&known, 1}, at.responder.window(end, hours(1))));
  EXPECT_FALSE(at.responder.answer({&known, 1}, {noon - hours(2), noon}));
}

TEST(Responder, says_of_another_cas_certificate_only_that_it_is_unknown) {
  const auto at = TestResponder::make();
  const auto other = TestResponder::make();
  const Known good{other.id("0a"), OcspGood{}};
  const Known unknown{other.id("0a"), OcspUnknown{}};
  EXPECT_FALSE(at.responder.answer({&good, 1}, at.day()));
  EXPECT_FALSE(at.responder.presign(good, at.day()));
  EXPECT_TRUE(at.responder.answer({&unknown, 1}, at.day()));
}

TEST(RelyingParty, does_not_believe_what_it_should_not) {
  const auto at = TestResponder::make();
  const Known known{at.id("0a"), OcspGood{}};
  const Bytes answer = at.responder.answer({&known, 1}, at.day()).value();
  const auto response = OcspResponse::parse(answer).value();
  const TimePoint end = at.certificate.validity().not_after;
  EXPECT_TRUE(x509::verify_ocsp_response(response, at.ca.certificate, end));
  EXPECT_FALSE(x509::verify_ocsp_response(response, at.ca.certificate, end + seconds(1)));
  EXPECT_FALSE(x509::verify_ocsp_response(response, TestCa::root().certificate, noon));
  const Bytes alone = x509::assemble_ocsp_response(response.data().der(), at.ca.algorithm(),
                                                   response.signature(), {});
  EXPECT_FALSE(
      x509::verify_ocsp_response(OcspResponse::parse(alone).value(), at.ca.certificate, noon));
  Bytes forged = to_bytes(response.signature());
  forged.back() ^= 1;
  const Bytes wrong = x509::assemble_ocsp_response(response.data().der(), at.ca.algorithm(), forged,
                                                   at.certificate.der());
  EXPECT_FALSE(
      x509::verify_ocsp_response(OcspResponse::parse(wrong).value(), at.ca.certificate, noon));
  EXPECT_FALSE(x509::verify_ocsp_response(
      OcspResponse::parse(x509::ocsp_error_response(x509::OcspError::TryLater)).value(),
      at.ca.certificate, noon));
}

// ---- What is kept

TEST(CompactAnswer, becomes_the_whole_answer_again) {
  for (const auto algorithm : {crypto::KeyAlgorithm::P256, crypto::KeyAlgorithm::Rsa2048}) {
    const auto at = TestResponder::make(algorithm);
    const Known known{at.id("0a1b"), revoked_for(x509::CrlReason::Superseded)};
    const auto kept = at.responder.presign(known, at.day()).value().encode();
    const auto answer = CompactAnswer::decode(kept).value();
    const Bytes whole = at.responder.assemble(known.id, answer).value();
    const auto response = OcspResponse::parse(whole).value();
    EXPECT_TRUE(x509::verify_ocsp_response(response, at.ca.certificate, noon));
    EXPECT_EQ(response.data().find(known.id)->status, known.status);
    EXPECT_TRUE(response.data().nonce().empty());
  }
}

TEST(CompactAnswer, is_small) {
  const auto at = TestResponder::make();
  const Known known{at.id("0a1b"), revoked_for(x509::CrlReason::Superseded)};
  const auto answer = at.responder.presign(known, at.day()).value();
  EXPECT_LE(answer.encode().size(), 112U);
  EXPECT_GE(at.responder.assemble(known.id, answer).value().size(), 700U);
}

TEST(CompactAnswer, is_of_no_use_to_another_responder) {
  const auto at = TestResponder::make();
  const Known known{at.id("0a1b"), OcspGood{}};
  const auto answer = at.responder.presign(known, at.day()).value();
  EXPECT_FALSE(TestResponder::make().responder.assemble(known.id, answer));
}

rc::Gen<x509::OcspStatus> any_status() {
  return rc::gen::apply(
      [](int kind, std::int32_t second, std::uint8_t reason) -> x509::OcspStatus {
        if (kind == 0) return OcspGood{};
        if (kind == 1) return OcspUnknown{};
        const TimePoint moment = noon + seconds(second);
        const bool has_name = reason <= 10 && reason != 7;
        return x509::OcspRevoked{moment,
                                 has_name ? std::optional(x509::CrlReason{reason}) : std::nullopt};
      },
      rc::gen::inRange(0, 4), rc::gen::arbitrary<std::int32_t>(),
      rc::gen::inRange<std::uint8_t>(0, 13));
}

RC_GTEST_PROP(CompactAnswer, is_read_as_it_was_written, ()) {
  CompactAnswer answer{};
  for (auto& octet : answer.signer) octet = *rc::gen::arbitrary<std::uint8_t>();
  answer.window.this_update = noon + seconds(*rc::gen::arbitrary<std::int32_t>());
  answer.window.next_update =
      answer.window.this_update + seconds(*rc::gen::inRange<std::int64_t>(1, 100'000'000));
  answer.status = *any_status();
  answer.signature =
      *rc::gen::nonEmpty(rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>()));
  const Bytes kept = answer.encode();
  RC_ASSERT(CompactAnswer::decode(kept).value() == answer);
  const auto head = kept.size() - answer.signature.size();
  for (std::size_t size = 0; size <= head; ++size) {
    RC_ASSERT(!CompactAnswer::decode(ByteView(kept).first(size)));
  }
}

RC_GTEST_PROP(CompactAnswer, is_refused_or_written_as_it_was_read, ()) {
  auto octets = *rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>());
  if (!octets.empty()) octets[0] = 1;
  if (octets.size() > 9) std::fill(octets.begin() + 9, octets.begin() + 13, 0);
  if (octets.size() > 21) octets[21] %= 4;
  const auto answer = CompactAnswer::decode(octets);
  if (answer) RC_ASSERT(answer->encode() == octets);
}

// ---- HTTP

TEST(RequestOfPath, understands_what_clients_make_of_base64) {
  // Its base64 has a '+', a '/' and padding.
  Bytes der{0x30, 0x82, 0xfb, 0xef, 0xff, 0xff, 0x01};
  const std::string plain = encoding::to_base64(der);
  ASSERT_EQ(plain, "MIL77///AQ==");
  der = {0x30, 0x82, 0xfb, 0xef, 0xbe, 0xff, 0x01};
  ASSERT_EQ(encoding::to_base64(der), "MIL7777/AQ==");
  der = {0x30, 0x80, 0xfb, 0xe0, 0x3f, 0xff, 0x01};
  const std::string text = encoding::to_base64(der);
  ASSERT_EQ(text, "MID74D//AQ==");
  for (const std::string& path :
       {text, "/" + text, "//" + text, encoding::percent_encode(text),
        encoding::percent_encode(encoding::percent_encode(text)), std::string("MID74D//AQ"),
        std::string("MID74D__AQ"), std::string("MID7\r\n4D//AQ=="),
        std::string("MID74D%2f%2FAQ=")}) {
    const auto octets = request_of_path(path);
    ASSERT_TRUE(octets) << path << ": " << octets.error().cause;
    EXPECT_EQ(*octets, der) << path;
  }
}

TEST(RequestOfPath, understands_a_plus_that_became_a_blank) {
  const Bytes der{0x30, 0x0f, 0xbe, 0xfb};
  const std::string text = encoding::to_base64(der);
  ASSERT_EQ(text, "MA+++w==");
  for (const auto* path : {"MA+++w==", "MA%2B%2B%2Bw==", "MA   w", "MA---w"}) {
    EXPECT_EQ(request_of_path(path).value(), der) << path;
  }
}

TEST(RequestOfPath, refuses_what_is_no_base64) {
  for (const auto* path : {"", "/", "====", "M", "MA%", "MA%zz", "MA.=", "MB=="}) {
    EXPECT_FALSE(request_of_path(path)) << path;
  }
  EXPECT_FALSE(request_of_path(std::string(200'000, 'A')));
}

TEST(RequestOfPath, finds_every_question) {
  rc::check([] {
    const auto octets =
        *rc::gen::nonEmpty(rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>()));
    Bytes der{0x30};
    der.insert(der.end(), octets.begin(), octets.end());
    RC_ASSERT(request_of_path(encoding::to_base64(der)).value() == der);
    RC_ASSERT(request_of_path(encoding::percent_encode(encoding::to_base64(der))).value() == der);
  });
}

TEST(CacheHeaders, let_an_answer_be_kept_until_the_next_one) {
  const auto at = TestResponder::make();
  const auto answer = at.responder.presign({at.id("0a"), OcspGood{}}, at.day()).value();
  const auto headers = cache_headers(answer, noon + hours(1), hours(100));
  EXPECT_EQ(headers.cache_control, "max-age=82800, public, no-transform, must-revalidate");
  EXPECT_EQ(headers.last_modified, "Sat, 01 Mar 2025 12:00:00 GMT");
  EXPECT_EQ(headers.expires, "Sun, 02 Mar 2025 12:00:00 GMT");
}

TEST(CacheHeaders, promise_no_more_than_the_operator_wants_and_nothing_when_it_is_over) {
  const auto at = TestResponder::make();
  const auto answer = at.responder.presign({at.id("0a"), OcspGood{}}, at.day()).value();
  const auto bounded = cache_headers(answer, noon, seconds(60));
  EXPECT_TRUE(bounded.cache_control.starts_with("max-age=60,"));
  EXPECT_EQ(bounded.expires, "Sat, 01 Mar 2025 12:01:00 GMT");
  const auto late = cache_headers(answer, noon + hours(25), hours(100));
  EXPECT_TRUE(late.cache_control.starts_with("max-age=0,"));
}

TEST(CacheHeaders, name_every_answer_by_another_tag) {
  for (const auto algorithm : {crypto::KeyAlgorithm::P256, crypto::KeyAlgorithm::Rsa2048}) {
    const auto at = TestResponder::make(algorithm);
    const auto first = at.responder.presign({at.id("0a"), OcspGood{}}, at.day()).value();
    const auto second = at.responder.presign({at.id("0b"), OcspGood{}}, at.day()).value();
    const auto tag = cache_headers(first, noon, hours(1)).etag;
    EXPECT_EQ(tag.size(), 34U);
    EXPECT_EQ(tag, cache_headers(first, noon + hours(1), hours(1)).etag);
    EXPECT_NE(tag, cache_headers(second, noon, hours(1)).etag);
  }
}

TEST(NamesTag, knows_lists_weak_tags_and_any) {
  for (const auto* header : {"\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",W/\"a\" ", "*"}) {
    EXPECT_TRUE(names_tag(header, "\"a\"")) << header;
  }
  for (const auto* header : {"", "\"b\"", "a", "\"b\", \"c\"", ","}) {
    EXPECT_FALSE(names_tag(header, "\"a\"")) << header;
  }
}

}  // namespace
}  // namespace everseal::issuance::ocsp
