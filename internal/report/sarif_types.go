package report

import "encoding/json"

// The types are the part of SARIF 2.1.0 (OASIS, errata 01) that the gate writes; names follow the
// specification. What is optional there is left out where there is nothing to say.

type message struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifDriver struct {
	Name                string        `json:"name"`
	FullName            string        `json:"fullName"`
	Version             string        `json:"version,omitempty"`
	SemanticVersion     string        `json:"semanticVersion,omitempty"`
	InformationURI      string        `json:"informationUri"`
	Rules               []descriptor  `json:"rules"`
	SupportedTaxonomies []componentID `json:"supportedTaxonomies,omitempty"`
}

type descriptor struct {
	ID                   string         `json:"id"`
	Name                 string         `json:"name,omitempty"`
	DeprecatedIDs        []string       `json:"deprecatedIds,omitempty"`
	ShortDescription     *message       `json:"shortDescription,omitempty"`
	FullDescription      *message       `json:"fullDescription,omitempty"`
	Help                 *message       `json:"help,omitempty"`
	HelpURI              string         `json:"helpUri,omitempty"`
	DefaultConfiguration *configuration `json:"defaultConfiguration,omitempty"`
	Relationships        []relationship `json:"relationships,omitempty"`
	Properties           *ruleBag       `json:"properties,omitempty"`
}

type configuration struct {
	Level string `json:"level"`
}

// A ruleBag holds the properties that code scanning services read, and those that JSON has too.
type ruleBag struct {
	SecuritySeverity string   `json:"security-severity"`
	Precision        string   `json:"precision"`
	Tags             []string `json:"tags"`
	Equivalent       []string `json:"equivalent,omitempty"`
}

type relationship struct {
	Target descriptorRef `json:"target"`
	Kinds  []string      `json:"kinds"`
}

type descriptorRef struct {
	ID            string       `json:"id"`
	Index         *int         `json:"index,omitempty"`
	ToolComponent *componentID `json:"toolComponent,omitempty"`
}

type componentID struct {
	Name  string `json:"name"`
	Index int    `json:"index"`
	GUID  string `json:"guid"`
}

type taxonomy struct {
	Name             string       `json:"name"`
	GUID             string       `json:"guid"`
	Organization     string       `json:"organization"`
	ShortDescription message      `json:"shortDescription"`
	InformationURI   string       `json:"informationUri"`
	IsComprehensive  bool         `json:"isComprehensive"`
	Taxa             []descriptor `json:"taxa"`
}

type invocation struct {
	ExecutionSuccessful     bool           `json:"executionSuccessful"`
	ExitCode                int            `json:"exitCode"`
	ExitCodeDescription     string         `json:"exitCodeDescription,omitempty"`
	StartTime               string         `json:"startTimeUtc,omitempty"`
	EndTime                 string         `json:"endTimeUtc,omitempty"`
	ExecutionNotifications  []notification `json:"toolExecutionNotifications,omitempty"`
	ConfigurationComplaints []notification `json:"toolConfigurationNotifications,omitempty"`
}

type notification struct {
	Level          string         `json:"level"`
	Message        message        `json:"message"`
	Locations      []location     `json:"locations,omitempty"`
	AssociatedRule *descriptorRef `json:"associatedRule,omitempty"`
}

type provenance struct {
	RepositoryURI string           `json:"repositoryUri"`
	RevisionID    string           `json:"revisionId,omitempty"`
	Branch        string           `json:"branch,omitempty"`
	MappedTo      artifactLocation `json:"mappedTo"`
}

type artifactLocation struct {
	URI         string   `json:"uri,omitempty"`
	BaseID      string   `json:"uriBaseId,omitempty"`
	Description *message `json:"description,omitempty"`
}

type physicalLocation struct {
	ArtifactLocation artifactLocation `json:"artifactLocation"`
	Region           *region          `json:"region,omitempty"`
	ContextRegion    *region          `json:"contextRegion,omitempty"`
}

type region struct {
	StartLine   int      `json:"startLine"`
	StartColumn int      `json:"startColumn,omitempty"`
	EndLine     int      `json:"endLine,omitempty"`
	EndColumn   int      `json:"endColumn,omitempty"`
	Snippet     *message `json:"snippet,omitempty"`
}

type location struct {
	ID               int               `json:"id,omitempty"`
	PhysicalLocation physicalLocation  `json:"physicalLocation"`
	LogicalLocations []logicalLocation `json:"logicalLocations,omitempty"`
	Message          *message          `json:"message,omitempty"`
}

type logicalLocation struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

type result struct {
	RuleID              string        `json:"ruleId"`
	RuleIndex           int           `json:"ruleIndex"`
	Level               string        `json:"level"`
	Message             message       `json:"message"`
	Locations           []location    `json:"locations"`
	RelatedLocations    []location    `json:"relatedLocations,omitempty"`
	CodeFlows           []codeFlow    `json:"codeFlows,omitempty"`
	PartialFingerprints *fingerprints `json:"partialFingerprints,omitempty"`
	Suppressions        []suppression `json:"suppressions"`
	Fixes               []fix         `json:"fixes,omitempty"`
	Properties          resultBag     `json:"properties"`
}

// fingerprints are ours; the "v1" is the way they are made. The key that GitHub computes by itself, primaryLocationLineHash, is none
// of ours.
type fingerprints struct {
	V1 string `json:"sallyport/v1"`
}

type codeFlow struct {
	ThreadFlows []threadFlow `json:"threadFlows"`
}

type threadFlow struct {
	Locations []threadFlowLocation `json:"locations"`
}

type threadFlowLocation struct {
	Location location `json:"location"`
}

// A resultBag is written as one object: severity, closes, and what the rule adds.
type resultBag struct {
	Severity string
	Closes   bool
	More     map[string]string
}

func (b resultBag) MarshalJSON() ([]byte, error) {
	all := map[string]any{}
	for name, value := range b.More {
		all[name] = value
	}
	all["severity"], all["closes"] = b.Severity, b.Closes
	return json.Marshal(all)
}

type suppression struct {
	Kind          string     `json:"kind"`
	Status        string     `json:"status"`
	Justification string     `json:"justification"`
	Properties    *waiverBag `json:"properties,omitempty"`
}

type waiverBag struct {
	Owner   string `json:"owner"`
	Expires string `json:"expires"`
	Ticket  string `json:"ticket"`
}

type fix struct {
	Description     message          `json:"description"`
	ArtifactChanges []artifactChange `json:"artifactChanges"`
}

type artifactChange struct {
	ArtifactLocation artifactLocation `json:"artifactLocation"`
	Replacements     []replacement    `json:"replacements"`
}

type replacement struct {
	DeletedRegion   region   `json:"deletedRegion"`
	InsertedContent *message `json:"insertedContent,omitempty"`
}
