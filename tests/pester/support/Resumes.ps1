# Creates valid resumes of three types: a PDF file of one page, a compound file as Word 97 creates it, and a text file. Each has
# different content.
function New-ResumeFile {
    param([string] $Folder, [int] $Count)

    $null = New-Item -ItemType Directory -Path $Folder -Force
    foreach ($number in 1..$Count) {
        $path = Join-Path -Path $Folder -ChildPath "resume $number.$(('pdf', 'doc', 'txt')[$number % 3])"
        $text = "Resume number ${number}: " + ('experience ' * (20 + $number))
        switch ($number % 3) {
            0 { [System.IO.File]::WriteAllText($path, (ConvertTo-Pdf -Text $text)) }
            1 { [System.IO.File]::WriteAllBytes($path, (ConvertTo-CompoundFile -Text $text)) }
            2 { [System.IO.File]::WriteAllText($path, $text) }
        }
        Get-Item -LiteralPath $path
    }
}

function ConvertTo-Pdf([string] $Text) {
    $page = "BT /F1 12 Tf 40 700 Td ($Text) Tj ET"
    $objects = @(
        '<< /Type /Catalog /Pages 2 0 R >>'
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>'
        "<< /Length $($page.Length) >>`nstream`n$page`nendstream"
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'
    )
    $pdf = [System.Text.StringBuilder]::new("%PDF-1.4`n")
    $offsets = for ($number = 1; $number -le $objects.Count; $number++) {
        $pdf.Length
        $null = $pdf.Append("$number 0 obj`n$($objects[$number - 1])`nendobj`n")
    }
    $table = $pdf.Length
    $null = $pdf.Append("xref`n0 6`n0000000000 65535 f `n")
    foreach ($offset in $offsets) { $null = $pdf.Append(('{0:0000000000} 00000 n {1}' -f $offset, "`n")) }
    $null = $pdf.Append("trailer << /Size 6 /Root 1 0 R >>`nstartxref`n$table`n%%EOF`n")
    $pdf.ToString()
}

# The sectors of 512 bytes: the header, the allocation table, the directory, and the stream WordDocument.
function ConvertTo-CompoundFile([string] $Text) {
    $content = [System.Text.Encoding]::Unicode.GetBytes($Text.PadRight(2048))
    $sectors = [int][System.Math]::Ceiling($content.Length / 512)
    $file = [byte[]]::new(512 * (3 + $sectors))
    $writer = [System.IO.BinaryWriter]::new([System.IO.MemoryStream]::new($file))
    $writer.Write([byte[]] (0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1))
    $null = $writer.Seek(24, 'Begin')
    foreach ($short in 0x3E, 3, 0xFFFE, 9, 6) { $writer.Write([uint16] $short) }
    $null = $writer.Seek(44, 'Begin')
    foreach ($int in 1, 1, 0, 4096, -2, 0, -2, 0, 0) { $writer.Write([int] $int) }
    foreach ($unused in 1..108) { $writer.Write([int] -1) }
    foreach ($int in -3, -2) { $writer.Write([int] $int) }
    for ($sector = 1; $sector -lt $sectors; $sector++) { $writer.Write([int] ($sector + 2)) }
    $writer.Write([int] -2)
    $null = $writer.Seek(1024, 'Begin')
    foreach ($entry in @{ Name = 'Root Entry'; Type = 5; Child = 1; Start = -2; Size = 0 },
        @{ Name = 'WordDocument'; Type = 2; Child = -1; Start = 2; Size = $content.Length }) {
        $start = $writer.BaseStream.Position
        $name = [System.Text.Encoding]::Unicode.GetBytes($entry.Name + [char] 0)
        $writer.Write($name)
        $null = $writer.Seek($start + 64, 'Begin')
        $writer.Write([uint16] $name.Length)
        $writer.Write([byte[]] ($entry.Type, 1))
        foreach ($int in -1, -1, $entry.Child) { $writer.Write([int] $int) }
        $null = $writer.Seek($start + 116, 'Begin')
        $writer.Write([int] $entry.Start)
        $writer.Write([long] $entry.Size)
    }
    $null = $writer.Seek(1536, 'Begin')
    $writer.Write($content)
    $writer.Dispose()
    , $file
}

# Checks that the emulator has the expected records, each with the bytes of its file, and with -Once that each was sent once.
function Assert-SameResume {
    param($Emulator, [object[]] $Expected, [switch] $Once)

    $actual = @{}
    foreach ($resume in (Invoke-RestMethod -Uri "$($Emulator.Url)/emulator/resumes").elements) {
        $actual["$($resume.candidateId)|$($resume.resumeId)"] = $resume
    }
    $hashes = @{}
    $wrong = foreach ($candidate in $Expected) {
        $found = $actual["$($candidate.CandidateId)|$($candidate.ResumeId)"]
        if (-not $hashes.ContainsKey($candidate.Path)) {
            $hashes[$candidate.Path] = (Get-FileHash -LiteralPath $candidate.Path -Algorithm SHA256).Hash
        }
        if (-not $found) { "$($candidate.CandidateId) is missing" }
        elseif ($found.file.sha256 -ne $hashes[$candidate.Path]) { "$($candidate.CandidateId) has other bytes" }
        elseif ($Once -and $found.timesWritten -ne 1) { "$($candidate.CandidateId) was written $($found.timesWritten) times" }
    }
    if ($wrong) { throw "$(@($wrong).Count) of $($Expected.Count) are wrong: $(@($wrong)[0..4] -join ', ')" }
}
