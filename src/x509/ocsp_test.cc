#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "asn1/der_writer.h"
#include "clock/time_text.h"
#include "x509/extension_writer.h"
#include "x509/ocsp_builder.h"
#include "x509/ocsp_oids.h"
#include "x509/ocsp_request.h"
#include "x509/ocsp_response.h"

namespace everseal::x509 {
namespace {

using asn1::context_constructed;
using asn1::DerWriter;
using asn1::Tag;
using std::chrono::hours;

const TimePoint noon = *parse_iso8601("2025-03-01T12:00:00Z");

OcspIssuer issuer_of(OcspHash hash, std::uint8_t filling = 0x5a) {
  const Bytes octets(hash == OcspHash::Sha1 ? 20 : 32, filling);
  return *OcspIssuer::from_hashes(hash, octets, octets);
}
OcspCertId id_of(std::string_view serial, OcspHash hash = OcspHash::Sha1) {
  return {issuer_of(hash), *SerialNumber::parse(serial)};
}
std::vector<OcspCertId> ids(int count) {
  std::vector<OcspCertId> all;
  for (int i = 1; i <= count; ++i) all.push_back(id_of("0" + std::to_string(i % 9 + 1)));
  return all;
}

// A question that no builder of ours writes.
struct Odd {
  asn1::Oid hash = oids::kSha1;
  std::size_t hash_octets = 20;
  bool says_version = false;
  bool names_requestor = false;
  bool is_signed = false;
  std::vector<Extension> single_extensions = {};
  std::vector<Extension> extensions = {};

  Bytes der() const {
    DerWriter out;
    out.sequence([&] {
      out.sequence([&] { write_tbs(out); });
      if (is_signed) write_signature(out);
    });
    return std::move(out).take();
  }

 private:
  void write_tbs(DerWriter& out) const {
    if (says_version) out.constructed(context_constructed(0), [&] { out.integer(0); });
    if (names_requestor) {
      out.constructed(context_constructed(1),
                      [&] { out.text(asn1::context(2), "client.corp.internal"); });
    }
    out.sequence([&] { out.sequence([&] { write_single(out); }); });
    write_list(out, 2, extensions);
  }
  void write_single(DerWriter& out) const {
    const Bytes octets(hash_octets, 7);
    out.sequence([&] {
      out.sequence([&] { out.oid(hash); });
      out.octet_string(octets);
      out.octet_string(octets);
      out.integer(17);
    });
    write_list(out, 0, single_extensions);
  }
  static void write_list(DerWriter& out, unsigned number, const std::vector<Extension>& list) {
    if (list.empty()) return;
    out.constructed(context_constructed(number), [&] { write_extensions(out, list); });
  }
  static void write_signature(DerWriter& out) {
    out.constructed(context_constructed(0), [&] {
      out.sequence([&] {
        write_algorithm(out, crypto::SignatureAlgorithm::Sha256WithRsa);
        out.bit_string(Bytes{1, 2, 3});
        out.constructed(context_constructed(0), [&] { out.sequence([] {}); });
      });
    });
  }
};

Extension extension(std::string_view oid, bool critical, Bytes value = {0x05, 0x00}) {
  return {*asn1::Oid::parse(oid), critical, std::move(value)};
}

TEST(OcspRequest, says_what_is_asked_in_its_order) {
  const std::vector asked{id_of("0a1b"), id_of("80", OcspHash::Sha256), id_of("0a1b")};
  const auto request = OcspRequest::parse(build_ocsp_request(asked));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->asked(), asked);
  EXPECT_TRUE(request->nonce().empty());
}

TEST(OcspRequest, takes_a_nonce_of_1_to_128_octets_and_no_other) {
  for (const std::size_t size : {1U, 16U, 32U, 128U}) {
    const Bytes nonce(size, 9);
    const auto request = OcspRequest::parse(build_ocsp_request(ids(1), nonce));
    ASSERT_TRUE(request) << size;
    EXPECT_EQ(to_bytes(request->nonce()), nonce);
  }
  EXPECT_EQ(OcspRequest::parse(build_ocsp_request(ids(1), Bytes(129, 9))).error(),
            OcspError::MalformedRequest);
  const Odd empty{.extensions = {extension("1.3.6.1.5.5.7.48.1.2", false, {0x04, 0x00})}};
  EXPECT_EQ(OcspRequest::parse(empty.der()).error(), OcspError::MalformedRequest);
  const Odd raw{.extensions = {extension("1.3.6.1.5.5.7.48.1.2", false, {1, 2, 3})}};
  EXPECT_EQ(OcspRequest::parse(raw.der()).error(), OcspError::MalformedRequest);
}

TEST(OcspRequest, takes_50_questions_and_no_more_and_not_none) {
  EXPECT_EQ(OcspRequest::parse(build_ocsp_request(ids(50)))->asked().size(), 50U);
  EXPECT_EQ(OcspRequest::parse(build_ocsp_request(ids(51))).error(), OcspError::MalformedRequest);
  EXPECT_EQ(OcspRequest::parse(build_ocsp_request({})).error(), OcspError::MalformedRequest);
}

TEST(OcspRequest, passes_over_a_signature_a_name_and_extensions_that_are_not_critical) {
  EXPECT_TRUE(OcspRequest::parse(Odd{.is_signed = true}.der()));
  EXPECT_TRUE(OcspRequest::parse(Odd{.names_requestor = true}.der()));
  EXPECT_TRUE(OcspRequest::parse(Odd{.extensions = {extension("1.2.3", false)}}.der()));
  EXPECT_TRUE(OcspRequest::parse(Odd{.single_extensions = {extension("1.2.3", false)}}.der()));
}

TEST(OcspRequest, is_unauthorized_where_this_responder_cannot_know) {
  const Odd critical{.extensions = {extension("1.2.3", true)}};
  EXPECT_EQ(OcspRequest::parse(critical.der()).error(), OcspError::Unauthorized);
  const Odd critical_of_one{.single_extensions = {extension("1.2.3", true)}};
  EXPECT_EQ(OcspRequest::parse(critical_of_one.der()).error(), OcspError::Unauthorized);
  const Odd sha384{.hash = asn1::Oid("2.16.840.1.101.3.4.2.2"), .hash_octets = 48};
  EXPECT_EQ(OcspRequest::parse(sha384.der()).error(), OcspError::Unauthorized);
}

TEST(OcspRequest, is_malformed_where_it_is_not_strict_der_of_version_1) {
  EXPECT_TRUE(OcspRequest::parse(Odd{}.der()));
  EXPECT_EQ(OcspRequest::parse(Odd{.says_version = true}.der()).error(),
            OcspError::MalformedRequest);
  EXPECT_EQ(OcspRequest::parse(Odd{.hash_octets = 19}.der()).error(), OcspError::MalformedRequest);
  Bytes behind = Odd{}.der();
  behind.push_back(0);
  EXPECT_EQ(OcspRequest::parse(behind).error(), OcspError::MalformedRequest);
  EXPECT_EQ(OcspRequest::parse(Bytes(OcspRequest::kMaxOctets + 1, 0x30)).error(),
            OcspError::MalformedRequest);
}

TEST(OcspRequest, is_malformed_wherever_it_is_cut_off) {
  const Bytes whole = build_ocsp_request(ids(3), Bytes(16, 1));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(OcspRequest::parse(ByteView(whole).first(size)).error(), OcspError::MalformedRequest)
        << size;
  }
}

TEST(OcspIssuer, is_the_same_only_for_the_same_hashes) {
  EXPECT_EQ(issuer_of(OcspHash::Sha1, 1), issuer_of(OcspHash::Sha1, 1));
  EXPECT_NE(issuer_of(OcspHash::Sha1, 1), issuer_of(OcspHash::Sha1, 2));
  EXPECT_NE(issuer_of(OcspHash::Sha1, 1), issuer_of(OcspHash::Sha256, 1));
  EXPECT_FALSE(OcspIssuer::from_hashes(OcspHash::Sha256, Bytes(20), Bytes(20)));
}

// ---- Answers

rc::Gen<OcspStatus> any_status() {
  return rc::gen::apply(
      [](int kind, std::int32_t second, std::uint8_t reason) -> OcspStatus {
        if (kind == 0) return OcspGood{};
        if (kind == 1) return OcspUnknown{};
        const TimePoint at = noon + std::chrono::seconds(second);
        const bool has_name = reason <= 10 && reason != 7;
        return OcspRevoked{at, has_name ? std::optional(CrlReason{reason}) : std::nullopt};
      },
      rc::gen::inRange(0, 4), rc::gen::arbitrary<std::int32_t>(),
      rc::gen::inRange<std::uint8_t>(0, 13));
}

RC_GTEST_PROP(OcspData, says_what_was_written, ()) {
  const Bytes key_id(20, 3);
  const auto nonce =
      *rc::gen::resize(40, rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>()));
  std::vector<OcspSingle> singles;
  for (int left = *rc::gen::inRange(1, 8); left > 0; --left) {
    const auto octets = *rc::gen::nonEmpty(
        rc::gen::resize(20, rc::gen::container<Bytes>(rc::gen::inRange<std::uint8_t>(1, 255))));
    const auto hash = *rc::gen::element(OcspHash::Sha1, OcspHash::Sha256);
    singles.push_back(
        {{issuer_of(hash), *SerialNumber::from_octets(octets)},
         *any_status(),
         noon,
         *rc::gen::arbitrary<bool>() ? std::optional(noon + hours(24)) : std::nullopt});
  }
  const auto data = OcspData::parse(build_ocsp_data(
      {.responder_key_id = key_id, .produced_at = noon, .singles = singles, .nonce = nonce}));
  RC_ASSERT(data.has_value());
  RC_ASSERT(data->singles() == singles);
  RC_ASSERT(to_bytes(data->nonce()) == nonce);
  RC_ASSERT(data->responder_key_id() == key_id);
  RC_ASSERT(data->produced_at() == noon);
}

Bytes good_data() {
  const OcspSingle single{id_of("0a1b"), OcspGood{}, noon, noon + hours(24)};
  return build_ocsp_data(
      {.responder_key_id = Bytes(20, 3), .produced_at = noon, .singles = {&single, 1}});
}

TEST(OcspResponse, holds_the_data_as_it_was_signed) {
  const Bytes data = good_data();
  const Bytes signature{1, 2, 3};
  const auto response = OcspResponse::parse(
      assemble_ocsp_response(data, crypto::SignatureAlgorithm::Sha256WithEcdsa, signature, {}));
  ASSERT_TRUE(response) << response.error().cause;
  EXPECT_FALSE(response->error());
  EXPECT_EQ(to_bytes(response->data().der()), data);
  EXPECT_EQ(to_bytes(response->signature()), signature);
  EXPECT_TRUE(response->certificates().empty());
  EXPECT_NE(response->data().find(id_of("0a1b")), nullptr);
  EXPECT_EQ(response->data().find(id_of("0a1c")), nullptr);
}

TEST(OcspResponse, is_refused_wherever_it_is_cut_off) {
  const Bytes whole = assemble_ocsp_response(
      good_data(), crypto::SignatureAlgorithm::Sha256WithEcdsa, Bytes{1}, {});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(OcspResponse::parse(ByteView(whole).first(size))) << size;
  }
}

TEST(OcspResponse, says_why_there_is_no_answer) {
  for (const auto error : {OcspError::MalformedRequest, OcspError::InternalError,
                           OcspError::TryLater, OcspError::SigRequired, OcspError::Unauthorized}) {
    const Bytes octets = ocsp_error_response(error);
    EXPECT_EQ(octets, (Bytes{0x30, 0x03, 0x0a, 0x01, static_cast<std::uint8_t>(error)}));
    EXPECT_EQ(OcspResponse::parse(octets)->error(), error);
  }
  EXPECT_FALSE(OcspResponse::parse(Bytes{0x30, 0x03, 0x0a, 0x01, 0x04}));
}

}  // namespace
}  // namespace everseal::x509
