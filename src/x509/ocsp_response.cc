#include "x509/ocsp_response.h"

#include <algorithm>
#include <string>

#include "asn1/time.h"
#include "x509/extension.h"
#include "x509/ocsp_nonce.h"
#include "x509/ocsp_oids.h"

namespace everseal::x509 {
namespace {

using asn1::context;
using asn1::context_constructed;
using asn1::DerReader;
using asn1::Tag;

constexpr std::size_t kKeyIdOctets = 20;  // SHA-1

TimePoint read_time(DerReader& in) {
  const ByteView content = in.element(Tag::GeneralizedTime);
  if (in.failed()) return {};
  const auto time = asn1::decode_generalized_time(content);
  if (!time) return in.fail(time.error().cause), TimePoint{};
  return *time;
}

CrlReason read_reason(DerReader& in) {
  const auto number = in.small_integer(Tag::Enumerated);
  if (number == 7 || number > 10) in.fail("a reason that has no name");
  return static_cast<CrlReason>(number);
}

OcspRevoked read_revoked(DerReader& in) {
  OcspRevoked revoked;
  in.constructed(context_constructed(1), [&](DerReader& body) {
    revoked.at = read_time(body);
    if (body.at_end()) return;
    body.constructed(context_constructed(0),
                     [&](DerReader& reason) { revoked.reason = read_reason(reason); });
  });
  return revoked;
}

// [0] or [2] IMPLICIT NULL.
void read_nothing(DerReader& in, Tag tag) {
  if (!in.element(tag).empty()) in.fail("a NULL with content");
}

OcspStatus read_status(DerReader& in) {
  if (in.next_is(context_constructed(1))) return read_revoked(in);
  if (in.next_is(context(0))) return read_nothing(in, context(0)), OcspGood{};
  return read_nothing(in, context(2)), OcspUnknown{};
}

void pass_uncritical(DerReader& in, const Extensions& extensions) {
  for (const auto& extension : extensions) {
    const bool known = extension.type == oids::kOcspNonce;
    if (extension.critical && !known) in.fail("a critical extension that is not known");
  }
}

std::optional<OcspError> error_of(DerReader& in, std::uint32_t number) {
  if (number == 0) return std::nullopt;
  if (number == 4 || number > 6) in.fail("a status that has no name");
  return static_cast<OcspError>(number);
}

}  // namespace

std::string_view to_string(OcspError error) {
  switch (error) {
    case OcspError::MalformedRequest:
      return "malformedRequest";
    case OcspError::InternalError:
      return "internalError";
    case OcspError::TryLater:
      return "tryLater";
    case OcspError::SigRequired:
      return "sigRequired";
    case OcspError::Unauthorized:
      return "unauthorized";
  }
  return "unnamed";
}

Result<OcspData> OcspData::parse(ByteView der) {
  if (der.size() > kMaxOctets) return Fault::malformed("OCSP response data: too long");
  OcspData data;
  data.der_ = to_bytes(der);
  DerReader in(data.der_);
  in.sequence([&](DerReader& body) { data.read(body); });
  if (const auto done = in.finish("OCSP response data"); !done) return done.error();
  return data;
}

const OcspSingle* OcspData::find(const OcspCertId& id) const {
  const auto found = std::ranges::find(singles_, id, &OcspSingle::id);
  return found == singles_.end() ? nullptr : &*found;
}

// The version is not looked for: the only one is v1, the default, which DER leaves out.
void OcspData::read(DerReader& in) {
  read_responder(in);
  produced_at_ = read_time(in);
  in.sequence([&](DerReader& list) {
    do {
      read_single(list);
    } while (!list.at_end());
  });
  if (!in.at_end()) read_extensions(in);
}

void OcspData::read_responder(DerReader& in) {
  if (in.next_is(context_constructed(1))) {
    in.constructed(context_constructed(1),
                   [&](DerReader& body) { responder_name_ = Name::read(body); });
    return;
  }
  in.constructed(context_constructed(2), [&](DerReader& body) {
    responder_key_id_ = to_bytes(body.octet_string());
    if (responder_key_id_->size() != kKeyIdOctets) body.fail("a key hash that is not SHA-1");
  });
}

void OcspData::read_single(DerReader& in) {
  in.sequence([&](DerReader& single) {
    const auto id = OcspCertId::read(single);
    if (!id) return single.fail("a hash that is not known");
    OcspSingle read{*id, read_status(single), read_time(single)};
    if (single.next_is(context_constructed(0))) {
      single.constructed(context_constructed(0),
                         [&](DerReader& body) { read.next_update = read_time(body); });
    }
    if (!single.at_end()) {
      single.constructed(context_constructed(1),
                         [](DerReader& body) { pass_uncritical(body, Extensions::read(body)); });
    }
    singles_.push_back(read);
  });
}

void OcspData::read_extensions(DerReader& in) {
  in.constructed(context_constructed(1), [&](DerReader& body) {
    const auto extensions = Extensions::read(body);
    pass_uncritical(body, extensions);
    if (const Extension* nonce = extensions.find(oids::kOcspNonce)) {
      nonce_ = read_ocsp_nonce(body, nonce->value);
    }
  });
}

Result<OcspResponse> OcspResponse::parse(ByteView der) {
  if (der.size() > kMaxOctets) return Fault::malformed("OCSP response: too long");
  OcspResponse response;
  DerReader in(der);
  in.sequence([&](DerReader& body) { response.read(body); });
  if (const auto done = in.finish("OCSP response"); !done) return done.error();
  return response;
}

void OcspResponse::read(DerReader& in) {
  error_ = error_of(in, in.small_integer(Tag::Enumerated));
  if (error_) return;
  in.constructed(context_constructed(0), [&](DerReader& outer) {
    outer.sequence([&](DerReader& body) {
      if (body.oid() != oids::kOcspBasic) return body.fail("a type that is not basic");
      body.octet_string([&](DerReader& inside) {
        inside.sequence([&](DerReader& basic) { read_basic(basic); });
      });
    });
  });
}

void OcspResponse::read_basic(DerReader& in) {
  auto data = OcspData::parse(in.whole_element(Tag::Sequence));
  if (!data) return in.fail(data.error().cause);
  data_ = *std::move(data);
  signature_algorithm_ = read_algorithm(in);
  signature_ = to_bytes(in.bit_string_octets());
  if (in.at_end()) return;
  in.constructed(context_constructed(0), [&](DerReader& body) {
    body.sequence([&](DerReader& list) { read_certificates(list); });
  });
}

void OcspResponse::read_certificates(DerReader& in) {
  while (!in.at_end()) {
    if (certificates_.size() == kMaxCertificates) return in.fail("too many certificates");
    auto certificate = Certificate::parse(in.whole_element(Tag::Sequence));
    if (!certificate) return in.fail(certificate.error().cause);
    certificates_.push_back(*std::move(certificate));
  }
}

}  // namespace everseal::x509
