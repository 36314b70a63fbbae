package sbom

import (
	"fmt"
	"strings"

	"sallyport/internal/fact"
)

// Tags of SPDX 2.2 and 2.3 (https://spdx.github.io/spdx-spec/v2.3/) by the field that JSON has for each. One that
// is "" is known, and no fact is made of it; "*" marks lists, and "=" those that have a form of their own.
var tags = fields(`SPDXVersion=spdxVersion DataLicense=dataLicense SPDXID=SPDXID DocumentName=name DocumentNamespace=documentNamespace
	DocumentComment=comment Creator=creators* Created=created LicenseListVersion=licenseListVersion CreatorComment=comment ExternalDocumentRef=
	PackageName=name PackageVersion=versionInfo PackageFileName=packageFileName PackageSupplier=supplier PackageOriginator=originator
	PackageDownloadLocation=downloadLocation FilesAnalyzed= PackageVerificationCode= PackageChecksum=checksums= PackageHomePage=homepage
	PackageSourceInfo=sourceInfo PackageLicenseConcluded=licenseConcluded PackageLicenseInfoFromFiles=licenseInfoFromFiles*
	PackageLicenseDeclared=licenseDeclared PackageLicenseComments=licenseComments PackageCopyrightText=copyrightText
	PackageSummary=summary PackageDescription=description PackageComment=comment ExternalRef=externalRefs= ExternalRefComment=
	PackageAttributionText=attributionTexts* PrimaryPackagePurpose=primaryPackagePurpose ReleaseDate=releaseDate BuiltDate=builtDate
	ValidUntilDate=validUntilDate FileName=fileName FileType= FileChecksum=checksums= LicenseConcluded=licenseConcluded LicenseInfoInFile=licenseInfoInFiles*
	LicenseComments=licenseComments FileCopyrightText=copyrightText FileComment= FileNotice= FileContributor= FileAttributionText= FileDependency= ArtifactOfProjectName=
	ArtifactOfProjectHomePage= ArtifactOfProjectURI= SnippetSPDXID= SnippetFromFileSPDXID= SnippetByteRange= SnippetLineRange=
	SnippetLicenseConcluded= LicenseInfoInSnippet= SnippetLicenseComments= SnippetCopyrightText= SnippetComment= SnippetName=
	SnippetAttributionText= LicenseID= ExtractedText= LicenseName= LicenseCrossReference= LicenseComment= Relationship=relationships=
	RelationshipComment= Annotator= AnnotationDate= AnnotationType= SPDXREF= AnnotationComment= Reviewer= ReviewDate= ReviewComment=
	SnippetAttributionTexts= SnippetFromFile=`)

func fields(text string) map[string]string {
	m := map[string]string{}
	for _, w := range strings.Fields(text) {
		tag, field, _ := strings.Cut(w, "=")
		m[tag] = field
	}
	return m
}

// A tagReader gathers tags into the tree that the same document in JSON is.
type tagReader struct {
	src    *source
	top    map[string]any
	spans  *fact.Spans
	here   map[string]any // the package, file or document that tags are about
	at     *fact.Spans
	silent bool // a snippet, license, annotation or review, which nothing is asked about
}

// parseTags reads a document of tags and values (SPDX 2.3, 4.4).
func parseTags(path string, data []byte) (*source, error) {
	r := &tagReader{src: &source{path: path, encoding: "tag-value"}, top: map[string]any{}, spans: &fact.Spans{}}
	r.src.spans, r.src.value = r.spans.Find, r.top
	r.here, r.at = r.top, r.spans
	lines := strings.Split(string(data), "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if line == "" || line[0] == '#' {
			continue
		}
		tag, value, ok := strings.Cut(line, ":")
		span := fact.Span{Line: i + 1, Column: 1, EndLine: i + 1, EndColumn: 1 + len([]rune(line))}
		tag, value = strings.TrimSpace(tag), strings.TrimSpace(value)
		if !ok {
			r.wrong(span, quoted(line)+" is no tag with a value", "write Tag: value on a line of its own, and longer texts between <text> and </text>")
			continue
		}
		if rest, multi := strings.CutPrefix(value, "<text>"); multi {
			var closed bool
			if value, i, closed = long(rest, lines, i); !closed {
				r.wrong(span, "<text> is not closed", "end the text with </text>")
			}
		}
		r.tag(tag, value, span)
	}
	return r.src, nil
}

func (r *tagReader) wrong(span fact.Span, msg, hint string) {
	if len(r.src.errs) < maxMistakes {
		r.src.errs = append(r.src.errs, &fact.Error{File: r.src.path, Line: span.Line, Column: span.Column, Msg: msg, Hint: hint})
	}
}

// long reads up to </text>.
func long(rest string, lines []string, i int) (string, int, bool) {
	var b strings.Builder
	for {
		if before, _, found := strings.Cut(rest, "</text>"); found {
			b.WriteString(before)
			return b.String(), i, true
		}
		b.WriteString(rest + "\n")
		if i++; i == len(lines) {
			return b.String(), i, false
		}
		rest = strings.TrimRight(lines[i], "\r")
	}
}

func (r *tagReader) tag(tag, value string, span fact.Span) {
	field, known := tags[tag]
	if !known {
		r.wrong(span, quoted(tag)+" is no tag of SPDX", "correct the tag")
		return
	}
	switch tag {
	case "PackageName":
		r.open("packages", span)
	case "FileName":
		r.open("files", span)
	case "SnippetSPDXID", "LicenseID", "Annotator", "Reviewer":
		r.silent = true
	case "Creator", "Created", "LicenseListVersion", "CreatorComment":
		r.creation(field, value, span)
		return
	case "Relationship":
		r.relationship(value, span)
		return
	}
	if field == "" || r.silent {
		return
	}
	name := strings.TrimRight(field, "*=")
	switch {
	case field == "checksums=":
		algorithm, sum, ok := strings.Cut(value, ":")
		if !ok {
			r.wrong(span, quoted(value)+" is no checksum", "write SHA256: and the sum")
		}
		r.append(name, map[string]any{"algorithm": strings.TrimSpace(algorithm), "checksumValue": strings.TrimSpace(sum)}, span)
	case field == "externalRefs=":
		words := strings.Fields(value)
		if len(words) != 3 {
			r.wrong(span, quoted(value)+" is no external reference", "write category, type and locator")
			return
		}
		r.append(name, map[string]any{"referenceCategory": words[0], "referenceType": words[1], "referenceLocator": words[2]}, span)
	case strings.HasSuffix(field, "*"):
		r.append(name, value, span)
	default:
		if _, twice := r.here[name]; twice {
			r.wrong(span, quoted(tag)+" is there twice", "keep one of the two: readers disagree about which one counts")
			return
		}
		r.here[name] = value
		r.at.Key(name).Set(span)
	}
}

// open begins a package or a file.
func (r *tagReader) open(list string, span fact.Span) {
	all, _ := r.top[list].([]any)
	r.here, r.silent = map[string]any{}, false
	r.top[list] = append(all, r.here)
	r.at = r.spans.Key(list).Index(len(all)).Set(span)
}

func (r *tagReader) append(name string, value any, span fact.Span) {
	all, _ := r.here[name].([]any)
	r.here[name] = append(all, value)
	r.at.Key(name).Index(len(all)).Set(span)
	if len(all) == 0 {
		r.at.Key(name).Set(span)
	}
}

func (r *tagReader) creation(field, value string, span fact.Span) {
	info, ok := r.top["creationInfo"].(map[string]any)
	at := r.spans.Key("creationInfo")
	if !ok {
		info = map[string]any{}
		r.top["creationInfo"] = info
		at.Set(span)
	}
	was := *r
	r.here, r.at = info, at
	if name, list := strings.CutSuffix(field, "*"); list {
		r.append(name, value, span)
	} else {
		info[name] = value
		at.Key(name).Set(span)
	}
	r.here, r.at = was.here, was.at
}

func (r *tagReader) relationship(value string, span fact.Span) {
	words := strings.Fields(value)
	if len(words) != 3 {
		r.wrong(span, fmt.Sprintf("%s is no relationship", quoted(value)), "write element, type and related element")
		return
	}
	was := *r
	r.here, r.at = r.top, r.spans
	r.append("relationships", map[string]any{"spdxElementId": words[0], "relationshipType": words[1], "relatedSpdxElement": words[2]}, span)
	r.here, r.at = was.here, was.at
}
